using System.Text;
using EdgeAgent.Protocols.MtConnect;

namespace EdgeAgent.Fuzz;

/// <summary>Documents of an agent, damaged: read or refused with a text, never an exception.</summary>
public sealed class MtConnectFuzz
{
    private const int Mutations = 1_000_000;

    [Fact]
    public void Damaged_documents_are_read_or_refused()
    {
        byte[][] seeds =
        [
            .. new[]
            {
                """<MTConnectStreams xmlns="urn:mtconnect.org:MTConnectStreams:1.3"><Header instanceId="1" nextSequence="9"/><Streams><DeviceStream name="V"><ComponentStream name="c"><Samples><Load dataItemId="l" sequence="1" timestamp="2025-11-13T08:30:00Z">12.5</Load></Samples><Condition><Fault dataItemId="c" sequence="2" nativeCode="7">bad &amp; worse</Fault></Condition></ComponentStream></DeviceStream></Streams></MTConnectStreams>""",
                """<?xml version="1.0" encoding="iso-8859-1"?><MTConnectStreams><Header instanceId="2"/><Events><SetDataSet dataItemId="s" sequence="3"><Entry key="a"><![CDATA[x]]></Entry></SetDataSet></Events></MTConnectStreams>""",
                """<?xml version="1.0" encoding="utf-8"?><MTConnectDevices><Header instanceId="1"/><Devices><Device id="d" name="V" uuid="u"><DataItems><DataItem id="a" type="LOAD"/></DataItems><Components><Axes id="x"><DataItems><DataItem id="b" type="LOAD"/></DataItems></Axes></Components></Device></Devices></MTConnectDevices>""",
                """<!DOCTYPE a [<!ENTITY b "cccccccc">]><MTConnectError><Header/><Errors><Error errorCode="NO_DEVICE">no &b;</Error></Errors></MTConnectError>""",
            }.Select(Encoding.UTF8.GetBytes),
        ];
        var mutations = new SeededMutations(20_261_124, seeds);
        var observations = new List<MtConnectObservation>();
        byte[] copy = new byte[4096];
        int read = 0;
        for (int i = 0; i < Mutations; i++)
        {
            ReadOnlySpan<byte> mutation = mutations.Next();
            mutation.CopyTo(copy);
            ReadOnlyMemory<byte> document = copy.AsMemory(0, mutation.Length);
            // A word tells which of the two a damaged copy still is; now and then the wrong one is asked, too.
            bool isRead = mutation.IndexOf("Devices"u8) < 0 || i % 16 == 0
                ? MtConnectReader.TryReadStreams(document, observations, out _, out string problem)
                : MtConnectReader.TryReadDevices(document, out _, out problem);
            Assert.Equal(isRead, problem.Length == 0);
            read += isRead ? 1 : 0;
        }

        Assert.True(read > Mutations / 100, $"many mutations must still be documents, or nothing is tested; only {read} were");
    }
}
