using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Protocols.Tests.OpcUa.Binary;

/// <summary>What is written is read back, and no piece of it passes for the whole.</summary>
public sealed class RoundTripTests
{
    [Fact]
    public void Variants_survive() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Values.Variants(), Survives));

    [Fact]
    public void Data_values_survive() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Values.DataValues(), Survives));

    [Fact]
    public void Node_ids_survive_bytes_and_text() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Values.NodeIds(), Survives));

    [Fact]
    public void A_cut_value_is_refused() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(Values.Variants(), CutIsRefused));

    private static bool Survives(Variant value)
    {
        var target = new UaBuffer(1);
        target.WriteVariant(value);
        var reader = new UaReader(target.WrittenSpan, UaDecodeLimits.Default);
        Variant read = reader.ReadVariant();
        return reader.End() == UaFault.None && read == value && read.GetHashCode() == value.GetHashCode();
    }

    private static bool Survives(DataValue value)
    {
        var target = new UaBuffer(1);
        target.WriteDataValue(value);
        var reader = new UaReader(target.WrittenSpan, UaDecodeLimits.Default);
        return reader.ReadDataValue() == value && reader.End() == UaFault.None;
    }

    private static bool Survives(NodeId id)
    {
        var target = new UaBuffer(1);
        target.WriteNodeId(id);
        var reader = new UaReader(target.WrittenSpan, UaDecodeLimits.Default);
        return reader.ReadNodeId() == id && reader.End() == UaFault.None && NodeId.TryParse(id.ToString(), out NodeId parsed) && parsed == id;
    }

    private static bool CutIsRefused(Variant value)
    {
        var target = new UaBuffer();
        target.WriteVariant(value);
        bool right = true;
        for (int cut = 0; cut < target.Length && right; cut++)
        {
            var reader = new UaReader(target.WrittenSpan[..cut], UaDecodeLimits.Default);
            reader.ReadVariant();
            right = reader.Fault != UaFault.None;
        }
        return right;
    }
}
