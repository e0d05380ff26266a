using System.Text;
using EdgeAgent.Protocols.Sparkplug;

namespace EdgeAgent.Protocols.Tests.Sparkplug;

/// <summary>Payloads as npm's sparkplug-payload 1.0.3 encodes them.</summary>
public sealed class SparkplugPayloadTests
{
    private static readonly byte[] Birth = Convert.FromHexString(
        "0880d095ffbc31120b0a0562645365712008580312160a0474656d7010071881d095ffbc312009650000ac41120d0a016e1008200350fbffffff0f12080a026f6b200b7001120b0a03747874200c7a02"
        + "6869120c0a026938200150fdffffff0f12120a0369363420045880ccbbbcdeffffffff01120e0a0164200a69000000000000f43f1800");

    private static readonly byte[] Data = Convert.FromHexString(
        "08e8d795ffbc31120b100720092801650000b441120610082003380112190a017120034a100a075175616c6974791205080318f40350041801");

    [Fact]
    public void A_birth_is_read_with_names_types_and_values()
    {
        var payload = new SparkplugPayload();
        Assert.True(payload.TryRead(Birth));
        Assert.Equal(1_700_000_000_000UL, payload.TimestampMs);
        Assert.Equal(0, payload.Sequence);
        Assert.Equal(["bdSeq", "temp", "n", "ok", "txt", "i8", "i64", "d"], payload.Metrics.Select(metric => Encoding.UTF8.GetString(metric.Name(Birth))));
        Assert.Equal(3UL, payload.Metrics[0].Bits);
        SparkplugMetric temp = payload.Metrics[1];
        Assert.Equal((7UL, 1_700_000_000_001UL, SparkplugDataType.Float), (temp.Alias, temp.TimestampMs, temp.DataType));
        Assert.Equal(21.5f, BitConverter.UInt32BitsToSingle((uint)temp.Bits));
        Assert.Equal(-5, payload.Metrics[2].Signed(SparkplugDataType.Int32));
        Assert.Equal((SparkplugValueField.Boolean, 1UL), (payload.Metrics[3].Field, payload.Metrics[3].Bits));
        Assert.Equal("hi", Encoding.UTF8.GetString(payload.Metrics[4].Value(Birth)));
        Assert.Equal(-3, payload.Metrics[5].Signed(SparkplugDataType.Int8));
        Assert.Equal(-9_000_000_000, payload.Metrics[6].Signed(SparkplugDataType.Int64));
        Assert.Equal(1.25, BitConverter.UInt64BitsToDouble(payload.Metrics[7].Bits));
    }

    [Fact]
    public void Data_carry_aliases_history_nulls_and_quality()
    {
        var payload = new SparkplugPayload();
        Assert.True(payload.TryRead(Data));
        Assert.Equal(1, payload.Sequence);
        Assert.True(payload.Metrics[0] is { HasAlias: true, HasName: false, IsHistorical: true, Alias: 7 });
        Assert.True(payload.Metrics[1] is { IsNull: true, Field: SparkplugValueField.None });
        Assert.Equal((500, -1), (payload.Metrics[2].Quality, payload.Metrics[0].Quality));
    }

    [Fact]
    public void Every_cut_of_a_payload_is_refused_or_read_and_reading_allocates_nothing()
    {
        var payload = new SparkplugPayload();
        Assert.True(payload.TryRead(Birth));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int length = 0; length < Birth.Length; length++)
        {
            payload.TryRead(Birth.AsSpan(0, length));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("spBv1.0/G/NDATA/N", SparkplugMessageType.NodeData)]
    [InlineData("spBv1.0/G/DDATA/N/D", SparkplugMessageType.DeviceData)]
    [InlineData("spBv1.0/G/NBIRTH/N", SparkplugMessageType.NodeBirth)]
    [InlineData("spBv1.0/G/DDEATH/N/D", SparkplugMessageType.DeviceDeath)]
    public void Topics_are_taken_apart(string topic, SparkplugMessageType type)
    {
        Assert.True(SparkplugTopic.TryParse(Encoding.UTF8.GetBytes(topic), out SparkplugTopic parsed));
        Assert.Equal(type, parsed.Type);
        Assert.Equal("GN", Encoding.UTF8.GetString(parsed.Group) + Encoding.UTF8.GetString(parsed.Node));
    }

    [Theory]
    [InlineData("spBv1.0/G/NDATA/N/D")]
    [InlineData("spBv1.0/G/DDATA/N")]
    [InlineData("spBv1.0/STATE/host")]
    [InlineData("spBv1.0/G/NCMD/N")]
    [InlineData("spAv1.0/G/NDATA/N")]
    [InlineData("spBv1.0/G/DDATA/N/D/E")]
    public void Other_topics_are_not(string topic) => Assert.False(SparkplugTopic.TryParse(Encoding.UTF8.GetBytes(topic), out _));

    [Fact]
    public void The_command_for_a_rebirth_can_be_read()
    {
        byte[] command = RebirthCommand.Encode(1_700_000_000_000);
        var payload = new SparkplugPayload();
        Assert.True(payload.TryRead(command));
        Assert.Equal(1_700_000_000_000UL, payload.TimestampMs);
        Assert.Equal("Node Control/Rebirth", Encoding.UTF8.GetString(payload.Metrics[0].Name(command)));
        Assert.Equal((SparkplugDataType.Boolean, 1UL), (payload.Metrics[0].DataType, payload.Metrics[0].Bits));
    }
}
