using EdgeAgent.Protocols.OpcUa;
using EdgeAgent.Protocols.OpcUa.Binary;
using EdgeAgent.Protocols.OpcUa.Services;
using EdgeAgent.Protocols.Tests.OpcUa.Binary;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Protocols.Tests.OpcUa.Services;

/// <summary>Whatever is in the fields, what is read is written again to the same bytes.</summary>
public sealed class SubscriptionRoundTripTests
{
    private static readonly RequestHeader s_request = new(new NodeId(1, [7]), default, 1, 2);
    private static readonly ResponseHeader s_response = new(default, 1, StatusCodes.Good);

    private static readonly Gen<SubscriptionMessages.Fields> s_fields =
        from id in Values.NodeIds().Generator
        from value in Values.DataValues().Generator
        from text in Gen.Elements<string?>(null, "", "1:3", "水")
        from number in Gen.Choose(int.MinValue, int.MaxValue)
        from real in Gen.Elements(0, -1, 0.5, 1e9, double.NaN, double.MaxValue)
        from flag in Gen.Elements(true, false)
        from bytes in Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf()
        select new SubscriptionMessages.Fields(id, text, (uint)number, real, flag, bytes, value.SourceTimestamp, value);

    [Fact]
    public void Every_message_survives() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(Arb.From(s_fields), Survives));

    private static bool Survives(SubscriptionMessages.Fields fields)
    {
        foreach ((string name, Action<UaBuffer> write, Messages.Reread reread) in SubscriptionMessages.From(s_request, s_response, fields))
        {
            var first = new UaBuffer();
            var second = new UaBuffer();
            write(first);
            Assert.True(reread(first.WrittenSpan, second) == UaFault.None && first.WrittenSpan.SequenceEqual(second.WrittenSpan), name);
        }
        return true;
    }
}
