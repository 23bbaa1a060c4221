export default function Battle() {
  return null;
}
