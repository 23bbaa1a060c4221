import battle from './battle.en';
import contact from './contact.en';
import data from './data.en';
import frame from './frame.en';
import map from './map.en';
import overview from './overview.en';

export default {
  ...frame, overview, map, battle, contact, data,
};
