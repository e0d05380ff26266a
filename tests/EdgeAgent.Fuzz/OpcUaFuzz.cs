using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;

namespace EdgeAgent.Fuzz;

/// <summary>A million damaged OPC UA values: no exception escapes, nothing hangs, no more memory than declared is allocated.</summary>
public sealed class OpcUaFuzz
{
    private const int Mutations = 1_000_000;

    // An absent data value takes one byte on the wire and 64 in an array; an extension object takes three and 64 besides its place.
    private const int AllocationFactor = 80;
    private const int AllocationFloorBytes = 1024;

    private static readonly DateTime s_instant = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Damaged_values_are_refused_quietly()
    {
        var mutations = new SeededMutations(20251122, [.. Values().Select(Encoded)]);
        int refused = 0;
        for (int i = 0; i < Mutations; i++)
        {
            ReadOnlySpan<byte> bytes = mutations.Next();
            long before = GC.GetAllocatedBytesForCurrentThread();
            var reader = new UaReader(bytes, UaDecodeLimits.Default);
            reader.ReadDataValue();
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            refused += reader.End() != UaFault.None ? 1 : 0;
            if (allocated > AllocationFloorBytes + (long)AllocationFactor * bytes.Length)
            {
                Assert.Fail($"mutation {i}: {allocated} bytes for {Convert.ToHexString(bytes)}");
            }
        }
        // If nearly everything passed or nearly nothing did, the mutations would not test the rules.
        Assert.InRange(refused, Mutations / 10, Mutations * 99 / 100);
    }

    private static byte[] Encoded(Variant value)
    {
        var target = new UaBuffer();
        target.WriteDataValue(new DataValue(value, StatusCodes.UncertainInitialValue, s_instant, s_instant, 1, 2));
        return target.Written.ToArray();
    }

    private static IEnumerable<Variant> Values()
    {
        var id = new NodeId(2, "Press.Count");
        var extension = new ExtensionObject(new NodeId(3, 5001), ExtensionEncoding.Binary, [1, 2, 3, 4]);
        var diagnostic = new DiagnosticInfo { SymbolicId = 1, AdditionalInfo = "x", InnerStatus = 5u, Inner = new() { Locale = 2 } };
        yield return Variant.From(1.5);
        yield return Variant.From("水Boy");
        yield return Variant.From(new ExpandedNodeId(id, "urn:x", 1));
        yield return Variant.From(extension);
        yield return Variant.From(diagnostic);
        yield return Variant.FromArray<bool>([true, false]);
        yield return Variant.FromArray<double>([1, 2, 3, 4, 5, 6], 2, 3);
        yield return Variant.FromArray<string>(["a", "b", ""]);
        yield return Variant.FromArray<byte[]>([[1], [], [2, 3]]);
        yield return Variant.FromArray<Guid>([Guid.Empty]);
        yield return Variant.FromArray<NodeId>([id, new(1, [1, 2]), new(5, 1025), new(1, Guid.Empty)]);
        yield return Variant.FromArray<LocalizedText>([new("en", "a"), default]);
        yield return Variant.FromArray<QualifiedName>([new(1, "n")]);
        yield return Variant.FromArray<ExtensionObject>([extension, extension]);
        yield return Variant.FromArray<DataValue>([default, new(Variant.From(1), 5u, s_instant)]);
        yield return Variant.FromArray<DiagnosticInfo>([diagnostic, DiagnosticInfo.Empty]);
        yield return Variant.FromArray<Variant>([Variant.From(s_instant), Variant.FromArray<Variant>([Variant.From(id), default], 1, 2)]);
    }
}
