import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { createBrowserRouter, Navigate, Outlet, RouterProvider, useLocation, useNavigate } from 'react-router';
import { Provider } from 'urql';

import { useAddress } from './address';
import { Frame } from './frame/frame';
import { makeClient, onSessionEnd, setAnswerLanguage } from './graphql';
import { Waiting } from './parts/states';
import { SignIn } from './screens/signin/signin';
import { theme } from './theme';
import { i18next } from './words';

const Overview = lazy(() => import('./screens/overview/overview'));
const ChainMap = lazy(() => import('./screens/map/map'));
const BattleMap = lazy(() => import('./screens/battle/battle'));
const Data = lazy(() => import('./screens/data/data'));

/** What holds for all screens: language, theme, and the way to sign in. */
function Root() {
  const { language, asOf } = useAddress();
  const navigate = useNavigate();
  const location = useLocation();
  setAnswerLanguage(language);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    void i18next.changeLanguage(language);
  }, [language]);
  useEffect(() => {
    onSessionEnd(() => {
      if (location.pathname === '/signin') return;
      void navigate('/signin' + location.search, { state: { back: location.pathname + location.search } });
    });
  }, [navigate, location]);
  const client = useMemo(() => makeClient(asOf), [language, asOf]);
  return (
    <ConfigProvider theme={theme} locale={language === 'zh' ? zhCN : enUS} button={{ autoInsertSpace: false }}>
      <Provider value={client}><Outlet /></Provider>
    </ConfigProvider>
  );
}

function Framed() {
  return <Frame><Suspense fallback={<Waiting />}><Outlet /></Suspense></Frame>;
}

function ToOverview() {
  const { search } = useLocation();
  return <Navigate to={'/overview' + search} replace />;
}

const router = createBrowserRouter([
  {
    element: <Root />,
    children: [
      { path: '/signin', element: <SignIn /> },
      {
        element: <Framed />,
        children: [
          { path: '/', element: <ToOverview /> },
          { path: '/overview', element: <Overview /> },
          { path: '/map', element: <ChainMap /> },
          { path: '/battle', element: <BattleMap /> },
          { path: '/data', element: <Data /> },
          { path: '*', element: <ToOverview /> },
        ],
      },
    ],
  },
]);

export function App() {
  return <RouterProvider router={router} />;
}
