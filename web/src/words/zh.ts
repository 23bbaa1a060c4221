import battle from './battle.zh';
import contact from './contact.zh';
import data from './data.zh';
import frame from './frame.zh';
import map from './map.zh';
import overview from './overview.zh';

export default {
  ...frame, overview, map, battle, contact, data,
};
