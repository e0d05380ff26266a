using System.Text;
using System.Text.Json;
using EdgeAgent.Collector.Publishing.Json;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using FsCheck;
using FsCheck.Fluent;
using static EdgeAgent.Collector.Tests.Publishing.Json.JsonRendering;

namespace EdgeAgent.Collector.Tests.Publishing.Json;

/// <summary>What templates come to, byte for byte, and what is told of wrong ones.</summary>
public sealed class JsonTemplateTests
{
    [Fact]
    public void A_message_for_each_reading_by_default()
    {
        Assert.Equal(
            [
                ("plant/plant/press-01/count", """{"value":-7,"quality":"good","timestamp":1795370400123}"""),
                ("plant/plant/press-02/speed", """{"value":null,"quality":"bad","timestamp":1795370400123}"""),
            ],
            Render(Route("""{"topic":"plant/{site}/{device}/{tag}"}"""), batch =>
            {
                batch.Add(Reading.Int64(1, Quality.Good, At, -7));
                batch.Add(Reading.Failed(5, Quality.BadTimeout, At));
            }));
    }

    [Fact]
    public void Names_and_forms_are_the_templates_own()
    {
        Assert.Equal(
            ("a", """{"v":6.5,"q":192,"n":"Good","c":0,"t":"2026-11-22T18:00:00.123Z","s":1795370400,"ns":1795370400123000000,"id":"gw-01/press-01.pressure [℃] A-001","x":[1,true,null,{"{":"}"}]}"""),
            Assert.Single(Render(
                Route("""{"topic":"a","payload":{"v":"{value}","q":"{quality:opc}","n":"{quality:name}","c":"{quality:code}","t":"{timestamp:iso}","s":"{timestamp:unixs}","ns":"{timestamp:unixns}","id":"{agent}/{device}.{tag} [{unit}] {asset}","x":[1,true,null,{"{{":"}}"}]}}"""),
                batch => batch.Add(Reading.Float32(0, Quality.Good, At, 6.5f)))));
    }

    [Fact]
    public void Every_kind_of_value_has_its_form_in_json()
    {
        string[] payloads = [.. Render(Route("""{"topic":"a","payload":["{value}","={value}"]}"""), batch =>
        {
            batch.Add(Reading.Boolean(2, Quality.Good, At, true));
            batch.Add(Reading.Int64(1, Quality.Good, At, long.MinValue));
            batch.Add(Reading.UInt64(1, Quality.Good, At, ulong.MaxValue));
            batch.Add(Reading.Float32(0, Quality.Good, At, 0.1f));
            batch.Add(Reading.Float64(5, Quality.Good, At, 0.1));
            batch.Add(Reading.Float64(5, Quality.Good, At, 1e300));
            batch.Add(Reading.Float64(5, Quality.Good, At, double.NaN));
            batch.Add(Reading.Float32(0, Quality.Good, At, float.NegativeInfinity));
            batch.AddText(3, Quality.Good, At, "a\"b\\c\n\u0001冲");
            batch.AddBytes(4, Quality.Good, At, ValueKind.Bytes, [0, 255]);
            batch.Add(Reading.Failed(5, Quality.Bad, At));
        }).Select(message => message.Payload)];

        Assert.Equal(
            [
                """[true,"=true"]""", """[-9223372036854775808,"=-9223372036854775808"]""", """[18446744073709551615,"=18446744073709551615"]""",
                """[0.1,"=0.1"]""", """[0.1,"=0.1"]""", """[1E+300,"=1E+300"]""", """[null,"=null"]""", """[null,"=null"]""",
                """["a\"b\\c\n\u0001冲","=a\"b\\c\n\u0001冲"]""", """["AP8=","=AP8="]""", """[null,"=null"]""",
            ],
            payloads);
    }

    [Fact]
    public void Things_board_gets_one_message_for_each_instant_of_a_device()
    {
        Assert.Equal(
            [
                """{"press-01":[{"ts":1795370400123,"values":{"pressure":6.5,"count":1}}]}""",
                """{"press-01":[{"ts":1795370401123,"values":{"count":2}}]}""",
                """{"press-02":[{"ts":1795370400123,"values":{"speed":900}}]}""",
            ],
            Render(Route("""{"topic":"v1/gateway/telemetry","per":"device","goodOnly":true,"payload":{"{device}":[{"ts":"{timestamp}","values":{"{tag}":"{value}"}}]}}"""), batch =>
            {
                batch.Add(Reading.Float32(0, Quality.Good, At, 6.5f));
                batch.Add(Reading.Float64(5, Quality.Good, At, 900));
                batch.Add(Reading.Int64(1, Quality.Good, At, 1));
                batch.Add(Reading.Failed(2, Quality.BadTimeout, At));
                batch.Add(Reading.Int64(1, Quality.Good, At + UnixTicks.PerSecond, 2));
            }).Select(message => message.Payload));
    }

    [Fact]
    public void Values_and_errors_can_stand_apart_as_gateways_of_others_do_it()
    {
        Route("""{"topic":"/neuron/{device}","per":"device","payload":{"node":"{device}","group":"{group}","timestamp":"{timestamp}","values":{"{tag:good}":"{value}"},"errors":{"{tag:bad}":"{quality:code}"}},"group":"g1"}""");
        Assert.Equal(
            [
                ("/neuron/press-01", """{"node":"press-01","group":"g1","timestamp":1795370400123,"values":{"pressure":1,"running":false},"errors":{"count":2148139008}}"""),
                ("/neuron/press-02", """{"node":"press-02","group":"g1","timestamp":1795370400123,"values":{},"errors":{"speed":2148139008}}"""),
            ],
            Render(
                Route("""{"topic":"/neuron/{device}","per":"device","payload":{"node":"{device}","group":"{group}","timestamp":"{timestamp}","values":{"{tag:good}":"{value}"},"errors":{"{tag:bad}":"{quality:code}"}},"group":"g1"}"""),
                batch =>
                {
                    batch.Add(Reading.Float32(0, Quality.Good, At, 1));
                    batch.Add(Reading.Failed(1, Quality.BadTimeout, At));
                    batch.Add(Reading.Boolean(2, Quality.Good, At, false));
                    batch.Add(Reading.Failed(5, Quality.BadTimeout, At));
                }));
    }

    [Fact]
    public void Members_around_a_repetition_keep_their_commas()
    {
        JsonRoute route = Route("""{"topic":"a","per":"device","payload":{"a":1,"{tag:good}":"{value}","{tag:bad} err":"{quality}","z":{"{tag:bad}":1},"l":["{each}",["{tag}"]]}}""");
        Assert.Equal("""{"a":1,"count":5,"z":{},"l":[["count"]]}""", Render(route, batch => batch.Add(Reading.Int64(1, Quality.Good, At, 5)))[0].Payload);
        Assert.Equal("""{"a":1,"count err":"bad","z":{"count":1},"l":[["count"]]}""", Render(route, batch => batch.Add(Reading.Failed(1, Quality.Bad, At)))[0].Payload);
    }

    [Fact]
    public void A_tag_stands_once_in_an_object_and_as_often_as_it_was_read_in_a_list()
    {
        void Fill(ReadingBatch batch)
        {
            for (int i = 0; i < 3; i++)
            {
                batch.Add(Reading.Int64(1, Quality.Good, At + i, i));
            }
        }

        Assert.Equal(3, Render(Route("""{"topic":"a","per":"device","payload":{"{tag}":"{value}"}}"""), Fill).Count);
        Assert.Equal("""[0,1,2]""", Assert.Single(Render(Route("""{"topic":"a","per":"device","payload":["{each}","{value}"]}"""), Fill)).Payload);
        Assert.Equal(2, Render(Route("""{"topic":"a","per":"device","payload":["{each}","{value}"],"readingsPerMessageMax":2}"""), Fill).Count);
    }

    [Fact]
    public void A_group_is_a_message_over_devices()
    {
        (string Topic, string Payload) message = Assert.Single(Render(
            Route("""{"topic":"g/{group}","per":"group","group":"energy","tags":["co*","spee?"]}"""),
            batch =>
            {
                batch.Add(Reading.Int64(1, Quality.Good, At, 1));
                batch.Add(Reading.Float32(0, Quality.Good, At, 9));
                batch.Add(Reading.Float64(5, Quality.Good, At, 2));
            }));
        Assert.Equal("g/energy", message.Topic);
        Assert.Equal(
            """{"group":"energy","readings":[{"device":"press-01","tag":"count","value":1,"quality":"good","timestamp":1795370400123},{"device":"press-02","tag":"speed","value":2,"quality":"good","timestamp":1795370400123}]}""",
            message.Payload);
    }

    [Theory]
    [InlineData("*", "anything", true)]
    [InlineData("press-0?", "press-01", true)]
    [InlineData("press-0?", "press-011", false)]
    [InlineData("*a*b", "xxaxxb", true)]
    [InlineData("*a*b", "xxaxxbx", false)]
    [InlineData("", "a", false)]
    [InlineData("a**", "a", true)]
    public void Patterns_match_names(string pattern, string name, bool matches) => Assert.Equal(matches, NamePatterns.Match([pattern], name));

    [Theory]
    [InlineData("""{"topic":"a/{nothing}"}""", "routes[0].topic", "there is no placeholder {nothing}")]
    [InlineData("""{"topic":"a/{device"}""", "routes[0].topic", "'{' without '}'")]
    [InlineData("""{"topic":"a/}"}""", "routes[0].topic", "'}' without '{'")]
    [InlineData("""{"topic":"a/+"}""", "routes[0].topic", "cannot be part of a topic")]
    [InlineData("""{"topic":""}""", "routes[0].topic", "an empty topic")]
    [InlineData("""{"topic":"a/{tag}","per":"device"}""", "routes[0].topic", "{tag} in the topic of messages per device")]
    [InlineData("""{"topic":"a/{device}","per":"group"}""", "routes[0].topic", "{device} in the topic of messages per group")]
    [InlineData("""{"topic":"a/{value}"}""", "routes[0].topic", "{value} in the topic")]
    [InlineData("""{"topic":"a","payload":{"x":{"y":"{valu}"}}}""", "routes[0].payload.x.y", "there is no placeholder {valu}")]
    [InlineData("""{"topic":"a","per":"device","payload":{"v":"{value}"}}""", "routes[0].payload.v", "{value} where the message is about many readings")]
    [InlineData("""{"topic":"a","per":"device","payload":{"d":"{device}"}}""", "routes[0].payload", "repeats nothing")]
    [InlineData("""{"topic":"a","per":"group","payload":{"d":"{device}","r":["{each}","{value}"]}}""", "routes[0].payload.d", "{device} where the message is about many readings")]
    [InlineData("""{"topic":"a","per":"device","payload":["{each}","{value}",1]}""", "routes[0].payload", "{each} with 2 elements")]
    [InlineData("""{"topic":"a","per":"device","payload":["{each}",["{each}","{value}"]]}""", "routes[0].payload[1]", "{each} inside what is repeated")]
    public void What_is_wrong_with_a_template_is_told_with_its_place(string route, string path, string problem)
    {
        ConfigErrors errors = Compile(route, out IReadOnlyList<JsonRoute> routes);
        Assert.Empty(routes);
        Assert.Contains(errors, error => error.Path.EndsWith(path, StringComparison.Ordinal) && error.Problem.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Any_text_is_escaped_so_that_it_reads_back_the_same()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text ?? "");
            var sink = new JsonSink();
            sink.Raw("\""u8);
            sink.Escaped(utf8);
            sink.Raw("\""u8);
            using var parsed = JsonDocument.Parse(sink.Written);
            return parsed.RootElement.GetString() == Encoding.UTF8.GetString(utf8);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Names_with_the_separators_of_topics_stay_one_level()
    {
        var topic = JsonTopic.Compile("p/{device}/{tag}", JsonMessagePer.Tag, ConfigPath.Root, new ConfigErrors())!;
        Assert.Equal(
            "p/a_b_c/d_e",
            Encoding.UTF8.GetString(topic.Of(Identity, "", new DeviceDefinition("a/b+c", "", "", ""), new TagDefinition(0, "d#e", ValueKind.Int64, "", 1000))));
    }

    [Fact]
    public void Encoding_allocates_nothing_once_warm()
    {
        JsonRoute route = Route("""{"topic":"a","per":"device","payload":{"d":"{device}","r":["{each}",{"n":"{tag}","v":"{value}","q":"{quality:name}","t":"{timestamp:iso}"}]}}""");
        PlantDefinition definition = PlantBuffer.Define("℃");
        var batch = new ReadingBatch();
        for (int i = 0; i < 1000; i++)
        {
            batch.Add(Reading.Float64(5, Quality.Good, At + i, i * 0.37));
            batch.Add(Reading.Int64(1, Quality.BadTimeout, At + i, i));
        }

        var plan = new RoutePlan(route, definition, new JsonNames(definition, Identity), Identity);
        var encoder = new JsonEncoder(new JsonSink());
        long before = 0;
        for (int round = 0; round < 3; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            plan.Take(batch);
            for (int at = 0; plan.TryNext(batch, ref at, out ReadOnlySpan<int> message);)
            {
                encoder.Encode(route.Template, plan.Names, route.Group, batch, message);
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
