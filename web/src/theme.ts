import type { ThemeConfig } from 'antd';

/** Blue says "you can act". #1677FF has 4.1:1 with white, so what holds text takes #0958D9. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0958D9', colorLink: '#0958D9', colorInfo: '#1677FF', colorError: '#B42318', colorWarning: '#874D00',
    colorSuccess: '#0B5C66', colorText: '#1F1F1F', colorTextSecondary: '#595959', colorTextTertiary: '#595959',
    colorTextDescription: '#595959', colorTextPlaceholder: '#737373', colorTextDisabled: '#737373',
    colorBorderSecondary: '#E8E8E8', borderRadius: 6, borderRadiusLG: 8, fontSize: 14, lineHeight: 22 / 14,
    fontFamily: '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif', motion: false, boxShadow: 'none',
  },
  components: {
    Table: { cellPaddingBlockSM: 3, cellPaddingInlineSM: 8, headerBg: '#FAFAFA', cellFontSizeSM: 14 },
    Button: { primaryShadow: 'none', defaultShadow: 'none' },
  },
};
