import { Handle, Position, ReactFlow, type Edge, type Node, type NodeProps } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { box, drawingOf, type Tie } from './drawing';
import './paths.css';

type EndNode = Node<{ name: string; kind: string }, 'end'>;

/** The end of a tie: its shape says what it is, a person by a code. */
function EndBox({ data }: NodeProps<EndNode>) {
  return (
    <div className={`end ${data.kind}`}>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <span title={data.name}>{data.name}</span>
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </div>
  );
}

const nodeTypes = { end: EndBox };

/**
 * Some paths from a region to companies as a picture, with all its ties. It says nothing that the
 * sentences beside it do not say, so that it is left out of what is read aloud.
 */
export default function Paths({ paths }: { paths: readonly { hops: readonly Tie[] }[] }) {
  const { t } = useTranslation();
  const drawing = useMemo(() => drawingOf(paths), [paths]);
  const nodes: EndNode[] = drawing.boxes.map((b) => ({
    id: b.id, type: 'end', position: { x: b.x, y: b.y }, width: box.width, height: box.height, data: { name: b.name, kind: b.kind },
  }));
  const edges: Edge[] = drawing.lines.map((l) => ({
    id: l.id, source: l.from, target: l.to, type: 'straight', className: l.weak ? 'weak' : undefined, labelBgPadding: [3, 1],
    label: t(l.former ? 'map.formerTie' : 'map.tie', { tie: t(`map.tiesBy.${l.kind}`) }),
  }));
  return (
    <div className="paths" aria-hidden="true" style={{ height: drawing.height + 16, maxWidth: drawing.width + 16 }}>
      <ReactFlow
        nodes={nodes} edges={edges} nodeTypes={nodeTypes} fitView fitViewOptions={{ padding: '8px', maxZoom: 1 }} minZoom={0.2} maxZoom={1}
        nodesDraggable={false} nodesConnectable={false} nodesFocusable={false} edgesFocusable={false} elementsSelectable={false} disableKeyboardA11y
        panOnDrag={false} zoomOnScroll={false} zoomOnPinch={false} zoomOnDoubleClick={false} preventScrolling={false} proOptions={{ hideAttribution: true }}
      />
    </div>
  );
}
