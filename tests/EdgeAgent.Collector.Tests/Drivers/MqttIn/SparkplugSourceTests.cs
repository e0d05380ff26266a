using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Tests.Drivers.MqttIn;

/// <summary>The messages are as npm's sparkplug-payload 1.0.3 encodes them.</summary>
public sealed class SparkplugSourceTests
{
    // NBIRTH seq 0: bdSeq 3, temp (alias 7) 21.5, n (alias 8) -5 and others.
    private static readonly byte[] Birth = Convert.FromHexString(
        "0880d095ffbc31120b0a0562645365712008580312160a0474656d7010071881d095ffbc312009650000ac41120d0a016e1008200350fbffffff0f12080a026f6b200b7001120b0a03747874200c7a02"
        + "6869120c0a026938200150fdffffff0f12120a0369363420045880ccbbbcdeffffffff01120e0a0164200a69000000000000f43f1800");

    // NDATA seq 1: alias 7 = 22.5 historical, alias 8 null, q = 4 with quality stale.
    private static readonly byte[] Data = Convert.FromHexString(
        "08e8d795ffbc31120b100720092801650000b441120610082003380112190a017120034a100a075175616c6974791205080318f40350041801");

    private static readonly (string, string, TagType?)[] Tags =
        [("temp", "temp", null), ("n", "n", TagType.Int32), ("ok", "ok", TagType.Bool), ("i64", "i64", TagType.Int64), ("q", "q", TagType.Int32)];

    [Fact]
    public void Births_data_by_alias_history_nulls_and_stale_values()
    {
        SourceFixture source = New();
        Assert.False(source.Source.Vouches(0));
        Assert.Equal(["temp=21.5", "n=-5", "ok=true", "i64=-9000000000"], source.Send("spBv1.0/G/NBIRTH/N", Birth));
        Assert.True(source.Source.Vouches(0));
        Assert.Equal(["n=BadSensorFailure", "q=UncertainLastUsableValue", "~temp=22.5"], source.Send("spBv1.0/G/NDATA/N", Data));
    }

    [Fact]
    public void A_death_makes_every_tag_bad_unless_it_is_of_an_older_session()
    {
        SourceFixture source = New();
        source.Send("spBv1.0/G/NBIRTH/N", Birth);
        Assert.Empty(source.Send("spBv1.0/G/NDEATH/N", Convert.FromHexString("120b0a05626453657120085802")));
        Assert.True(source.Source.Vouches(0));
        List<string> read = source.Send("spBv1.0/G/NDEATH/N", Convert.FromHexString("120b0a05626453657120085803"));
        Assert.Equal(5, read.Count);
        Assert.All(read, text => Assert.EndsWith("=BadNoCommunication", text));
        Assert.False(source.Source.Vouches(0));
    }

    [Fact]
    public void Data_before_a_birth_and_a_gap_in_the_sequence_ask_for_a_rebirth_but_not_too_often()
    {
        SourceFixture source = New();
        source.Send("spBv1.0/G/NDATA/N", Data);
        Assert.True(source.Source.TryNextCommand(out string topic, out byte[] command));
        Assert.Equal("spBv1.0/G/NCMD/N", topic);
        Assert.NotEmpty(command);
        source.Send("spBv1.0/G/NDATA/N", Data);
        Assert.False(source.Source.TryNextCommand(out _, out _));

        source.Send("spBv1.0/G/NBIRTH/N", Birth);
        byte[] later = [.. Data[..^1], 5];
        source.Time.Advance(TimeSpan.FromSeconds(11));
        source.Send("spBv1.0/G/NDATA/N", later);
        Assert.Equal(4, source.Reports.Sum(report => report.Lost));
        Assert.False(source.Source.Vouches(0));
        Assert.True(source.Source.TryNextCommand(out _, out _));
        source.Send("spBv1.0/G/NBIRTH/N", Birth);
        Assert.True(source.Source.Vouches(0));
        Assert.Null(source.Reports[^1].Problem);
    }

    [Fact]
    public void A_whole_number_by_name_is_bad_while_no_birth_has_told_its_type()
    {
        SourceFixture source = New();
        byte[] negative = Convert.FromHexString("12090a016e50fbffffff0f1801"); // NDATA seq 1: n, without a type, the bits of -5
        Assert.Equal(["n=BadWaitingForInitialData"], source.Send("spBv1.0/G/NDATA/N", negative));
        source.Send("spBv1.0/G/NBIRTH/N", Birth);
        Assert.Equal(["n=-5"], source.Send("spBv1.0/G/NDATA/N", negative));
    }

    [Fact]
    public void What_is_no_payload_and_whom_nobody_configured_do_no_harm()
    {
        SourceFixture source = New();
        Assert.Empty(source.Send("spBv1.0/G/NDATA/N", "\u0001\u0002rubbish"));
        Assert.Contains("no Sparkplug B payload", source.Reports[^1].Problem);
        Assert.Empty(source.Send("spBv1.0/G/DBIRTH/N/press", Birth));
        Assert.Empty(source.Send("spBv1.0/G/NBIRTH/other", Birth));
        Assert.Equal(["G/N/press", "G/other"], source.Seen.Select(seen => seen.Name).Order());
    }

    private static SourceFixture New() => new("""{"format":"sparkplug"}""", ("G/N", Tags));
}
