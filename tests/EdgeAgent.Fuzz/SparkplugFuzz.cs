using System.Text;
using EdgeAgent.Protocols.Json;
using EdgeAgent.Protocols.Sparkplug;

namespace EdgeAgent.Fuzz;

/// <summary>Mutated payloads and documents: no exception, no hang, and what is read lies within the message.</summary>
public sealed class SparkplugFuzz
{
    private const int Seed = 20_251_122;
    private const int Mutations = 1_000_000;

    private static readonly byte[][] Payloads =
    [
        Convert.FromHexString("0880d095ffbc31120b0a0562645365712008580312160a0474656d7010071881d095ffbc312009650000ac41120d0a016e1008200350fbffffff0f1800"),
        Convert.FromHexString("08e8d795ffbc31120b100720092801650000b441120610082003380112190a017120034a100a075175616c6974791205080318f40350041801"),
    ];

    private static readonly byte[][] Documents =
    [
        """{"a":{"b":[10,{"c":"x"},[1,2]]},"list":[{"id":"T1","v":1.5},{"id":7,"v":2.5}],"fCnt":12,"time":"2025-01-01T00:00:00Z"}"""u8.ToArray(),
        """[{"id":"T1","v":[1,2,3]}]"""u8.ToArray(),
        """{"deduplicationId":"x","time":"2025-11-13T08:29:59.5+00:00","deviceInfo":{"devEui":"0101010101010101"},"fCnt":7,"object":{"temperature":21.5},"rxInfo":[{"rssi":-48}]}"""u8.ToArray(),
    ];

    [Fact]
    public void Payloads_of_any_kind_are_read_or_refused()
    {
        var mutations = new SeededMutations(Seed, Payloads);
        var payload = new SparkplugPayload();
        int read = 0;
        for (int i = 0; i < Mutations; i++)
        {
            ReadOnlySpan<byte> mutated = mutations.Next();
            if (!payload.TryRead(mutated))
            {
                continue;
            }

            read++;
            foreach (SparkplugMetric metric in payload.Metrics)
            {
                _ = metric.Name(mutated).Length + metric.Value(mutated).Length;
                metric.Signed(metric.DataType);
            }
        }

        Assert.True(read > 1000);
    }

    [Fact]
    public void Documents_of_any_kind_are_searched_without_harm()
    {
        JsonPath[] paths = [.. new[] { "a.b[1].c", "list[id=T1].v", "$[0].v[2]", "fCnt", "time", "object.temperature", "rxInfo[0].rssi" }
            .Select(text => JsonPath.TryParse(text, out JsonPath? path, out _) ? path : throw new InvalidOperationException(text))];
        var mutations = new SeededMutations(Seed, Documents);
        int found = 0;
        for (int i = 0; i < Mutations; i++)
        {
            found += paths[i % paths.Length].TryFind(mutations.Next(), out _) ? 1 : 0;
        }

        Assert.True(found > 1000);
    }
}
