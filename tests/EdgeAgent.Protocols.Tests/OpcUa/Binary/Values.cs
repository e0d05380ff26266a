using EdgeAgent.Protocols.OpcUa;
using FsCheck;
using FsCheck.Fluent;
using UaVariant = EdgeAgent.Protocols.OpcUa.Variant;

namespace EdgeAgent.Protocols.Tests.OpcUa.Binary;

/// <summary>Random values of every built-in type, as scalars, arrays and matrices.</summary>
internal static class Values
{
    private static readonly Gen<string?> s_texts = Gen.Elements<string?>(null, "", "a", "水Boy", "Press.Count", "ü\U0001F600");
    private static readonly Gen<ushort> s_indexes = Gen.Choose(0, 65535).Select(i => (ushort)i);
    private static readonly Gen<long> s_longs = Gen.Choose(int.MinValue, int.MaxValue).Two().Select(p => ((long)p.Item1 << 32) | (uint)p.Item2);
    private static readonly Gen<byte[]?> s_bytes = Gen.OneOf(Gen.Constant<byte[]?>(null), Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf().Select(b => (byte[]?)b));
    private static readonly Gen<Guid> s_guids = s_longs.Select(l => new Guid((int)l, (short)(l >> 32), (short)(l >> 48), 1, 2, 3, 4, 5, 6, 7, (byte)l));
    private static readonly Gen<DateTime> s_times = Gen.OneOf(
        Gen.Constant(default(DateTime)),
        s_longs.Select(l => new DateTime(new DateTime(1602, 1, 1).Ticks + (long)((ulong)l % 2_000_000_000_000_000_000), DateTimeKind.Utc)));

    private static readonly Gen<StatusCode> s_states = s_longs.Select(l => new StatusCode((uint)l));

    private static readonly Gen<NodeId> s_ids = Gen.OneOf(
        s_indexes.SelectMany(ns => Gen.OneOf(Gen.Choose(0, 70_000), Gen.Choose(0, int.MaxValue)).Select(n => new NodeId(ns, (uint)n))),
        Gen.Choose(0, 300).Two().Select(p => new NodeId((ushort)p.Item1, (uint)p.Item2)),
        s_indexes.SelectMany(ns => s_texts.Select(t => new NodeId(ns, t ?? ""))),
        s_indexes.SelectMany(ns => s_guids.Select(g => new NodeId(ns, g))),
        s_indexes.SelectMany(ns => s_bytes.Select(b => new NodeId(ns, b ?? []))));

    private static readonly Gen<ExpandedNodeId> s_expanded =
        from id in s_ids
        from uri in s_texts
        from server in Gen.Choose(0, 3)
        select new ExpandedNodeId(id, uri, (uint)server);

    private static readonly Gen<ExtensionObject> s_extensions =
        from id in s_ids
        from encoding in Gen.Choose(0, 2)
        from body in s_bytes
        select new ExtensionObject(id, (ExtensionEncoding)encoding, encoding == 0 ? null : body);

    public static Arbitrary<Variant> Variants() => Arb.From(Variant(3));

    public static Arbitrary<NodeId> NodeIds() => Arb.From(s_ids);

    public static Arbitrary<DataValue> DataValues() => Arb.From(DataValue(2));

    private static Gen<Variant> Variant(int depth)
    {
        var kinds = new List<Gen<Variant>>
        {
            Gen.Constant(default(Variant)),
            Of(s_longs.Select(l => l % 2 == 0), UaVariant.From),
            Of(s_longs.Select(l => (sbyte)l), UaVariant.From),
            Of(s_longs.Select(l => (byte)l), UaVariant.From),
            Of(s_longs.Select(l => (short)l), UaVariant.From),
            Of(s_longs.Select(l => (ushort)l), UaVariant.From),
            Of(s_longs.Select(l => (int)l), UaVariant.From),
            Of(s_longs.Select(l => (uint)l), UaVariant.From),
            Of(s_longs, UaVariant.From),
            Of(s_longs.Select(l => (ulong)l), UaVariant.From),
            Of(s_longs.Select(l => BitConverter.Int32BitsToSingle((int)l)), UaVariant.From),
            Of(s_longs.Select(BitConverter.Int64BitsToDouble), UaVariant.From),
            Of(s_texts!, UaVariant.From),
            s_texts.Select(UaVariant.FromXml),
            Of(s_times, UaVariant.From),
            Of(s_guids, UaVariant.From),
            Of(s_bytes!, UaVariant.From),
            Of(s_ids, UaVariant.From),
            Of(s_expanded, UaVariant.From),
            Of(s_states, UaVariant.From),
            Of(s_indexes.SelectMany(ns => s_texts.Select(t => new QualifiedName(ns, t))), UaVariant.From),
            Of(s_texts.Two().Select(p => new LocalizedText(p.Item1, p.Item2)), UaVariant.From),
            Of(s_extensions, UaVariant.From),
            Of(Diagnostic(depth), UaVariant.From),
        };
        if (depth > 0)
        {
            kinds.Add(Of(DataValue(depth - 1), UaVariant.From));
            kinds.Add(Array(Variant(depth - 1)));
        }
        return Gen.OneOf(kinds);
    }

    private static Gen<DataValue> DataValue(int depth) =>
        from value in Variant(depth)
        from status in s_states
        from instants in s_times.Two()
        from picoseconds in Gen.Choose(0, 9999).Two()
        select new DataValue(value, status, instants.Item1, instants.Item2, (ushort)picoseconds.Item1, (ushort)picoseconds.Item2);

    private static Gen<DiagnosticInfo> Diagnostic(int depth) =>
        from mask in Gen.Choose(0, 127)
        from number in Gen.Choose(-1, 1000)
        from text in s_texts
        from inner in depth > 0 ? Diagnostic(depth - 1) : Gen.Constant(DiagnosticInfo.Empty)
        select new DiagnosticInfo
        {
            SymbolicId = (mask & 1) != 0 ? number : null,
            NamespaceUri = (mask & 2) != 0 ? number + 1 : null,
            Locale = (mask & 4) != 0 ? number + 2 : null,
            LocalizedText = (mask & 8) != 0 ? number + 3 : null,
            AdditionalInfo = text,
            InnerStatus = (mask & 16) != 0 ? (uint)number : null,
            Inner = (mask & 32) != 0 ? inner : null,
        };

    private static Gen<Variant> Of<T>(Gen<T> scalars, Func<T, Variant> from) => Gen.Frequency((2, scalars.Select(from)), (1, Array(scalars)));

    private static Gen<Variant> Array<T>(Gen<T> scalars) => Gen.OneOf(
        Gen.Constant(UaVariant.FromArray<T>(null)),
        Gen.Choose(0, 5).SelectMany(scalars.ArrayOf).Select(items => UaVariant.FromArray(items)),
        from rows in Gen.Choose(1, 3)
        from columns in Gen.Choose(1, 3)
        from items in scalars.ArrayOf(rows * columns)
        select UaVariant.FromArray(items, rows, columns));
}
