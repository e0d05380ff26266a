using EdgeAgent.Collector.Publishing.Sparkplug;
using EdgeAgent.Collector.Tests.Publishing.Sparkplug.Wire;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Sparkplug;
using EdgeAgent.TestKit;

namespace EdgeAgent.Collector.Tests.Publishing.Sparkplug;

/// <summary>Sessions, order, numbers and topics of an edge node, as a host sees them.</summary>
public sealed class SparkplugPublisherTests
{
    [Fact]
    public async Task Births_come_first_and_tell_the_current_values()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using var f = new NodeFixture([broker.Address]);
        f.AppendAll(count: 42);
        f.Start();
        await host.UntilAsync("DDATA", 2);

        await host.UntilAsync("NDATA");

        Assert.Equal(["NBIRTH", "DBIRTH", "DBIRTH"], host.Messages.Take(3).Select(message => message.Kind));
        Assert.DoesNotContain(host.Messages.Skip(3), message => message.Kind.EndsWith("BIRTH", StringComparison.Ordinal));
        Assert.Equal([0UL, 1UL, 2UL], host.Messages.Take(3).Select(message => message.Payload.Seq));
        HostMessage press = host.Messages[1];
        Assert.Equal("press-01", press.Device);
        Assert.Equal(6.5f, press.Find("pressure")!.FloatValue);
        Assert.Equal(42UL, press.Find("count")!.LongValue);
        Assert.True(press.Find("running")!.BooleanValue);
        Assert.Equal("冲床1号", press.Find("name")!.StringValue);
        Assert.Equal([1, 2, 255], press.Find("blob")!.BytesValue.ToByteArray());
        Assert.Equal(1450.25, host.Messages[2].Find("speed")!.DoubleValue);
        await f.DrainedAsync();
    }

    [Fact]
    public async Task Births_name_type_and_number_every_metric_and_data_only_numbers_them()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using var f = new NodeFixture([broker.Address]);
        f.AppendAll();
        f.Start();
        await host.UntilAsync("DBIRTH", 2);
        f.AppendCount(7);
        await host.UntilAsync("DDATA", 3);
        await Eventually.TrueAsync(() => host.Of("NDATA").Count > 0, "the node's own figures");

        MetricMessage[] born = [.. host.Messages.Where(message => message.Kind.EndsWith("BIRTH", StringComparison.Ordinal)).SelectMany(message => message.Payload.Metrics)];
        Assert.All(born, metric => Assert.True(metric.HasName && metric.HasDatatype && metric.HasTimestamp && metric.Datatype is > 0 and <= 19));
        Assert.All(born.Where(metric => metric.Name is not ("bdSeq" or "Node Control/Rebirth")), metric => Assert.True(metric.HasAlias));
        ulong[] aliases = [.. born.Where(metric => metric.HasAlias).Select(metric => metric.Alias)];
        Assert.Equal(aliases.Length, aliases.Distinct().Count());
        Assert.Equal(
            [SparkplugDataType.Float, SparkplugDataType.Int64, SparkplugDataType.Boolean, SparkplugDataType.String, SparkplugDataType.Bytes],
            host.Messages[1].Payload.Metrics.Select(metric => (SparkplugDataType)metric.Datatype));

        MetricMessage[] data = [.. host.Messages.Where(message => message.Kind.EndsWith("DATA", StringComparison.Ordinal)).SelectMany(message => message.Payload.Metrics)];
        Assert.All(data, metric => Assert.True(!metric.HasName && metric.HasAlias && !metric.HasDatatype && metric.HasTimestamp));
        Assert.All(data, metric => Assert.Contains(metric.Alias, aliases));
    }

    [Fact]
    public async Task The_node_is_born_with_bdSeq_and_the_rebirth_control()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using NodeFixture f = new NodeFixture([broker.Address]).Start();
        await host.UntilAsync("NBIRTH");

        HostMessage birth = host.Of("NBIRTH")[0];
        MetricMessage bdSeq = birth.Find("bdSeq")!, rebirth = birth.Find("Node Control/Rebirth")!;
        Assert.Equal((uint)SparkplugDataType.Int64, bdSeq.Datatype);
        Assert.Equal(0UL, bdSeq.LongValue);
        Assert.Equal((uint)SparkplugDataType.Boolean, rebirth.Datatype);
        Assert.Equal(MetricMessage.ValueOneofCase.BooleanValue, rebirth.ValueCase);
        Assert.False(rebirth.BooleanValue);
        Assert.False(rebirth.HasAlias);
        Assert.Equal("1.0", birth.Find("Agent/Version")!.StringValue);
    }

    [Fact]
    public async Task Topics_are_of_the_group_and_node_that_were_configured()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using var f = new NodeFixture([broker.Address], c => c with
        {
            Sparkplug = c.Sparkplug! with { Group = "Hall 1", Node = "Gateway-B", DeviceIds = new Dictionary<string, string> { ["press-01"] = "Press A" } },
        });
        f.AppendAll();
        f.Start();
        await host.UntilAsync("DDATA", 2);
        f.AppendSilence();
        await host.UntilAsync("DDEATH");
        await Eventually.TrueAsync(() => host.Of("NDATA").Count > 0, "the node's own figures");
        await f.Publisher.StopAsync(TimeSpan.FromSeconds(5));
        await host.UntilAsync("NDEATH");

        Assert.Equal(
            [
                "spBv1.0/Hall 1/DBIRTH/Gateway-B/Press A", "spBv1.0/Hall 1/DBIRTH/Gateway-B/press-02", "spBv1.0/Hall 1/DDATA/Gateway-B/Press A",
                "spBv1.0/Hall 1/DDATA/Gateway-B/press-02", "spBv1.0/Hall 1/DDEATH/Gateway-B/press-02", "spBv1.0/Hall 1/NBIRTH/Gateway-B",
                "spBv1.0/Hall 1/NDATA/Gateway-B", "spBv1.0/Hall 1/NDEATH/Gateway-B",
            ],
            host.Messages.Select(message => message.Topic).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_retained_and_only_the_death_of_the_node_is_of_QoS_1()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using var f = new NodeFixture([broker.Address]);
        f.AppendAll();
        f.Start();
        await host.UntilAsync("DDATA", 2);
        f.AppendSilence();
        await host.UntilAsync("DDEATH");
        await Eventually.TrueAsync(() => host.Of("NDATA").Count > 0, "the node's own figures");
        await f.Publisher.StopAsync(TimeSpan.FromSeconds(5));
        await host.UntilAsync("NDEATH");

        Assert.Equal(["DBIRTH", "DDATA", "DDEATH", "NBIRTH", "NDATA", "NDEATH"], host.Messages.Select(message => message.Kind).Distinct().Order(StringComparer.Ordinal));
        Assert.All(host.Messages, message => Assert.Equal(message.Kind == "NDEATH" ? MqttQos.AtLeastOnce : MqttQos.AtMostOnce, message.Qos));
        Assert.All(host.Messages, message => Assert.False(message.Retain));

        // A host that comes later finds nothing kept.
        await using TestHost late = await new TestHost(broker.Address).StartAsync();
        Assert.Empty(late.Messages);
    }

    [Fact]
    public async Task Sequence_numbers_run_from_0_to_255_and_begin_again_without_a_gap()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using var f = new NodeFixture([broker.Address]);
        f.AppendAll();
        f.Start();
        await host.UntilAsync("DBIRTH", 2);
        for (int i = 0; i < 600; i++)
        {
            f.AppendCount(i);
        }

        await host.UntilAsync("DDATA", 602);
        await host.UntilAsync("NDATA");
        ulong expected = 0;
        foreach (HostMessage message in host.Messages)
        {
            Assert.True(message.Payload.HasSeq);
            Assert.Equal(expected, message.Payload.Seq);
            expected = (expected + 1) % 256;
        }

        Assert.True(host.Messages.Count > 600);
    }

    [Fact]
    public async Task Every_message_tells_when_it_was_sent_in_milliseconds_of_UTC()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        ulong before = NodeEncoder.MsOf(NodeFixture.Now);
        await using var f = new NodeFixture([broker.Address]);
        f.AppendAll();
        f.Start();
        await host.UntilAsync("DDATA", 2);
        f.AppendSilence();
        await host.UntilAsync("DDEATH");
        await Eventually.TrueAsync(() => host.Of("NDATA").Count > 0, "the node's own figures");
        await f.Publisher.StopAsync(TimeSpan.FromSeconds(5));
        await host.UntilAsync("NDEATH");
        ulong after = NodeEncoder.MsOf(NodeFixture.Now);

        Assert.All(host.Messages, message => Assert.InRange(message.Payload.Timestamp, before, after));
        Assert.All(host.Messages.SelectMany(message => message.Payload.Metrics), metric => Assert.InRange(metric.Timestamp, before, after));
    }

    [Fact]
    public async Task A_death_by_intention_has_the_bdSeq_of_its_birth_and_nothing_else()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using NodeFixture f = new NodeFixture([broker.Address]).Start();
        await host.UntilAsync("NBIRTH");
        await f.Publisher.StopAsync(TimeSpan.FromSeconds(5));
        await host.UntilAsync("NDEATH");

        // MQTT 5: the death that the node publishes, and the will that its DISCONNECT asks the broker for.
        await host.UntilAsync("NDEATH", 2);
        Assert.All(host.Of("NDEATH"), death =>
        {
            Assert.False(death.Payload.HasSeq);
            MetricMessage only = Assert.Single(death.Payload.Metrics);
            Assert.Equal(("bdSeq", host.Of("NBIRTH")[0].Find("bdSeq")!.LongValue), (only.Name, only.LongValue));
        });
    }

    [Fact]
    public async Task With_MQTT_3_1_1_the_death_is_published_once_before_the_goodbye()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address, MqttVersion.V311).StartAsync();
        await using NodeFixture f = new NodeFixture([broker.Address], c => c with { ProtocolVersion = 4 }).Start();
        await host.UntilAsync("NBIRTH");
        await f.Publisher.StopAsync(TimeSpan.FromSeconds(5));
        await host.UntilAsync("NDEATH");

        Assert.Equal("NDEATH", host.Messages[^1].Kind);
        Assert.Single(host.Of("NDEATH"));
        Assert.Equal(host.Of("NBIRTH")[0].Find("bdSeq")!.LongValue, host.Of("NDEATH")[0].Find("bdSeq")!.LongValue);
    }

    [Fact]
    public async Task Each_connection_has_the_next_bdSeq_also_over_a_restart_and_the_will_matches_it()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using NodeFixture f = new NodeFixture([broker.Address]).Start();
        await host.UntilAsync("NBIRTH");
        for (int i = 2; i <= 4; i++)
        {
            await f.RestartAsync();
            await host.UntilAsync("NBIRTH", i);
        }

        Assert.Equal([0UL, 1UL, 2UL, 3UL], host.Of("NBIRTH").Select(message => message.Find("bdSeq")!.LongValue));
        Assert.Equal([0UL, 1UL, 2UL], host.Of("NDEATH").Select(message => message.Find("bdSeq")!.LongValue).Distinct());
    }

    [Fact]
    public void The_bdSeq_goes_from_255_to_0_and_survives_rubbish_in_its_file()
    {
        using var directory = new TempDirectory();
        string path = Path.Combine(directory.Path, "node", "bdseq");
        var sequence = new BirthDeathSequence(path);
        int[] numbers = [.. Enumerable.Range(0, 258).Select(_ => sequence.Next())];
        Assert.Equal([.. Enumerable.Range(0, 256), 0, 1], numbers);
        Assert.Equal(2, new BirthDeathSequence(path).Next());
        File.WriteAllText(path, "rubbish");
        Assert.Equal(0, new BirthDeathSequence(path).Next());
    }

    [Fact]
    public async Task A_host_that_asks_gets_all_births_again_with_the_same_bdSeq()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using var f = new NodeFixture([broker.Address]);
        f.AppendAll();
        f.Start();
        await host.UntilAsync("DDATA", 2);
        f.AppendCount(99);
        await host.UntilAsync("DDATA", 3);
        await host.AskForRebirthAsync("plant", "gw-01");
        await host.UntilAsync("DBIRTH", 4);

        HostMessage[] births = [.. host.Messages.Where(message => message.Kind.EndsWith("BIRTH", StringComparison.Ordinal))];
        Assert.Equal(["NBIRTH", "DBIRTH", "DBIRTH", "NBIRTH", "DBIRTH", "DBIRTH"], births.Select(message => message.Kind));
        Assert.Equal(births[0].Find("bdSeq")!.LongValue, births[3].Find("bdSeq")!.LongValue);
        Assert.Equal([0UL, 1UL, 2UL], births[3..].Select(message => message.Payload.Seq));
        Assert.Equal(99UL, births[4].Find("count")!.LongValue);
        Assert.Equal(births[1].Payload.Metrics.Select(metric => metric.Alias), births[4].Payload.Metrics.Select(metric => metric.Alias));
        Assert.Empty(host.Of("NDEATH"));

        // Nothing came between the births of the rebirth.
        int at = host.Messages.ToList().IndexOf(births[3]);
        Assert.Equal(births[3..], host.Messages.Skip(at).Take(3));
    }

    [Fact]
    public async Task A_command_that_asks_for_nothing_changes_nothing()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using var f = new NodeFixture([broker.Address]);
        f.AppendAll();
        f.Start();
        await host.UntilAsync("DDATA", 2);
        byte[] no = RebirthCommand.Encode(1);
        no[^1] = 0;
        await host.PublishAsync(SparkplugTopic.CommandTo("plant", "gw-01"), no, retain: false);
        await host.PublishAsync(SparkplugTopic.CommandTo("plant", "gw-01"), [0xFF, 0x00], retain: false);
        await host.PublishAsync(SparkplugTopic.CommandTo("plant", "gw-02"), RebirthCommand.Encode(1), retain: false);
        f.AppendCount(2);
        await host.UntilAsync("DDATA", 3);

        Assert.Single(host.Of("NBIRTH"));
    }

    [Fact]
    public async Task A_device_that_goes_silent_dies_and_is_born_again_with_what_it_says()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using var f = new NodeFixture([broker.Address]);
        f.AppendAll();
        f.Start();
        await host.UntilAsync("DDATA", 2);
        f.AppendSilence();
        await host.UntilAsync("DDEATH");
        f.AppendSilence();
        f.AppendCount(5);
        await host.UntilAsync("DDATA", 4);
        f.Append(batch => batch.Add(Reading.Float64(5, Quality.Good, NodeFixture.Now, 900)));
        await host.UntilAsync("DBIRTH", 3);
        await host.UntilAsync("DDATA", 5);

        HostMessage[] ofPress = [.. host.Messages.Where(message => message.Device == "press-02")];
        Assert.Equal(["DBIRTH", "DDATA", "DDATA", "DDEATH", "DBIRTH", "DDATA"], ofPress.Select(message => message.Kind));
        Assert.True(ofPress[2].Payload.Metrics[0].IsNull);
        Assert.True(ofPress[3].Payload.HasSeq);
        Assert.Empty(ofPress[3].Payload.Metrics);
        Assert.Equal(900, ofPress[4].Find("speed")!.DoubleValue);
        Assert.True(ofPress[5].Payload.Metrics[0].IsHistorical);
        Assert.DoesNotContain(host.Messages, message => message.Device == "press-01" && message.Kind == "DDEATH");
        Assert.Equal(Enumerable.Range(0, host.Messages.Count).Select(i => (ulong)i), host.Messages.Select(message => message.Payload.Seq));
        await f.DrainedAsync();
    }

    [Fact]
    public async Task A_device_that_never_answered_is_not_born()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using var f = new NodeFixture([broker.Address]);
        f.AppendCount(1);
        f.AppendSilence();
        f.Start();
        await host.UntilAsync("DBIRTH");
        await f.DrainedAsync();

        HostMessage birth = Assert.Single(host.Of("DBIRTH"));
        Assert.Equal("press-01", birth.Device);
        // What is not known yet has no value, and says so.
        Assert.True(birth.Find("pressure")!.IsNull);
        Assert.Equal(MetricMessage.ValueOneofCase.None, birth.Find("pressure")!.ValueCase);
    }

    [Fact]
    public async Task Bad_values_are_null_with_quality_and_status_and_good_ones_need_none()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using var f = new NodeFixture([broker.Address]);
        f.AppendAll();
        f.Start();
        await host.UntilAsync("DDATA", 2);
        f.Append(batch =>
        {
            batch.Add(Reading.Failed(0, Quality.BadSensorFailure, NodeFixture.Now));
            batch.Add(Reading.Float32(0, Quality.UncertainLastUsableValue, NodeFixture.Now, 1));
            batch.Add(Reading.Float32(0, Quality.UncertainEngineeringUnitsExceeded, NodeFixture.Now, 2));
            batch.Add(Reading.Float32(0, Quality.Good, NodeFixture.Now, 3));
        });
        await host.UntilAsync("DDATA", 3);

        MetricMessage[] told = [.. host.DataOf("press-01", NodeFixture.Pressure).TakeLast(4)];
        Assert.Equal([true, false, false, false], told.Select(metric => metric.IsNull));
        Assert.Equal(MetricMessage.ValueOneofCase.None, told[0].ValueCase);
        Assert.Equal([0U, 500U, 192U], told[..3].Select(metric => QualityOf(metric)));
        Assert.Equal(
            [Quality.BadSensorFailure.Code, Quality.UncertainLastUsableValue.Code, Quality.UncertainEngineeringUnitsExceeded.Code],
            told[..3].Select(metric => PropertyOf(metric, "StatusCode")!.IntValue));
        Assert.Null(told[3].Properties);
        Assert.Equal([1f, 2f, 3f], told[1..].Select(metric => metric.FloatValue));
    }

    [Fact]
    public async Task Births_carry_unit_and_quality_as_typed_properties()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using var f = new NodeFixture([broker.Address]);
        f.AppendAll();
        f.Start();
        await host.UntilAsync("DBIRTH", 2);

        MetricMessage pressure = host.Of("DBIRTH")[0].Find("pressure")!;
        Assert.Equal("℃", PropertyOf(pressure, "engUnit")!.StringValue);
        Assert.Equal(192U, QualityOf(pressure));
        Assert.All(host.Messages.SelectMany(message => message.Payload.Metrics).Where(metric => metric.Properties is not null), metric =>
        {
            Assert.Equal(metric.Properties.Keys.Count, metric.Properties.Values.Count);
            Assert.All(metric.Properties.Values, value => Assert.True(value.HasType && value.Type is (uint)SparkplugDataType.Int32 or (uint)SparkplugDataType.UInt32 or (uint)SparkplugDataType.String));
            Assert.Equal((uint)SparkplugDataType.Int32, PropertyOf(metric, "Quality")!.Type);
            Assert.True(QualityOf(metric) is 0 or 192 or 500);
        });
    }

    [Fact]
    public async Task New_values_of_one_metric_come_in_the_order_of_their_time()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using var f = new NodeFixture([broker.Address]);
        f.AppendAll();
        f.Start();
        await host.UntilAsync("DDATA", 2);
        for (int i = 2; i <= 200; i++)
        {
            f.AppendCount(i);
        }

        await host.UntilAsync("DDATA", 201);
        MetricMessage[] live = [.. host.DataOf("press-01", NodeFixture.Count).Where(metric => !metric.IsHistorical)];
        Assert.Equal(Enumerable.Range(2, 199).Select(i => (ulong)i), live.Select(metric => metric.LongValue));
        Assert.Equal(live.Select(metric => metric.Timestamp).Order(), live.Select(metric => metric.Timestamp));
    }

    [Fact]
    public async Task A_large_batch_is_cut_into_messages()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using var f = new NodeFixture([broker.Address], c => c with { Sparkplug = c.Sparkplug! with { MetricsPerMessageMax = 100 } });
        f.AppendAll();
        f.Start();
        await host.UntilAsync("DDATA", 2);
        f.Append(batch =>
        {
            for (int i = 0; i < 1050; i++)
            {
                batch.Add(Reading.Int64(1, Quality.Good, NodeFixture.Now, i));
            }
        });
        await host.UntilAsync("DDATA", 13);

        Assert.All(host.Of("DDATA"), message => Assert.InRange(message.Payload.Metrics.Count, 1, 100));
        Assert.Equal(Enumerable.Range(0, 1050).Select(i => (ulong)i), host.DataOf("press-01", NodeFixture.Count).Skip(1).Select(metric => metric.LongValue));
    }

    [Fact]
    public async Task Data_carry_types_where_a_host_needs_them()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using var f = new NodeFixture([broker.Address], c => c with { Sparkplug = c.Sparkplug! with { TypesInData = true } });
        f.AppendAll();
        f.Start();
        await host.UntilAsync("DDATA", 2);

        Assert.Equal(
            [SparkplugDataType.Float, SparkplugDataType.Int64, SparkplugDataType.Boolean, SparkplugDataType.String, SparkplugDataType.Bytes],
            host.Of("DDATA")[0].Payload.Metrics.Select(metric => (SparkplugDataType)metric.Datatype));
    }

    [Fact]
    public async Task A_change_of_the_plant_is_a_birth_with_the_new_metric()
    {
        await using var broker = new TestBroker();
        await using TestHost host = await new TestHost(broker.Address).StartAsync();
        await using var f = new NodeFixture([broker.Address]);
        f.AppendAll();
        f.Start();
        await host.UntilAsync("DDATA", 2);
        f.Redefine(NodeFixture.Define("℃", new TagDefinition(1, "torque", ValueKind.Float64, "Nm", 1000)));
        f.Append(batch => batch.Add(Reading.Float64(6, Quality.Good, NodeFixture.Now, 12)));
        await host.UntilAsync("NBIRTH", 2);
        await host.UntilAsync("DDATA", 3);

        HostMessage birth = host.Of("DBIRTH").Last(message => message.Device == "press-02");
        ulong alias = birth.Find("torque")!.Alias;
        Assert.Equal(12, Assert.Single(host.DataOf("press-02", alias)).DoubleValue);
        Assert.Equal(1450.25, birth.Find("speed")!.DoubleValue);
        await f.DrainedAsync();
    }

    internal static PropertyValueMessage? PropertyOf(MetricMessage metric, string key) =>
        metric.Properties is { } set && set.Keys.IndexOf(key) is >= 0 and var at ? set.Values[at] : null;

    private static uint QualityOf(MetricMessage metric) => PropertyOf(metric, "Quality")!.IntValue;
}
