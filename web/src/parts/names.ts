interface Named { name?: string | null; englishName?: string | null; code?: string | null }

/** The name of a node in the language of the page; a name that has no English form stays Chinese. */
export function named(node: Named, language: string): string {
  const name = node.name ?? node.code ?? '';
  if (language !== 'en' || !node.englishName) return name;
  return node.englishName[0]!.toUpperCase() + node.englishName.slice(1);
}
