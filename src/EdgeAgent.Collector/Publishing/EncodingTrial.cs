using EdgeAgent.Collector.Publishing.Json;
using EdgeAgent.Collector.Publishing.Sparkplug;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Sparkplug;

namespace EdgeAgent.Collector.Publishing;

/// <summary>Encodes readings as a publisher of a format does, without a connection: for measurements and previews.</summary>
public sealed class EncodingTrial
{
    private readonly Func<ReadingBatch, (int Messages, long Bytes)> _encode;

    private EncodingTrial(Func<ReadingBatch, (int Messages, long Bytes)> encode) => _encode = encode;

    /// <summary>Data messages of a Sparkplug edge node, as they go out when every device is born.</summary>
    public static EncodingTrial OfSparkplug(PlantDefinition definition, SparkplugConfig config, TimeProvider time)
    {
        var model = new NodeModel(new SparkplugNodeTopics("group", "node"), static device => device);
        int[] map = model.Map(definition);
        var encoder = new NodeEncoder(new SparkplugWriter(), time) { TypesInData = config.TypesInData };
        var groups = new DeviceGroups();
        return new EncodingTrial(batch =>
        {
            groups.Sort(batch, map, model);
            (int messages, long bytes) = (0, 0);
            for (int i = 0; i < groups.Devices.Count; i++)
            {
                for (int from = 0; from < groups.Of(groups.Devices[i]).Length; messages++)
                {
                    from = encoder.DataMessage(batch, groups, model, groups.Devices[i], from, historical: false, messages % 256, config.MetricsPerMessageMax);
                    bytes += encoder.Writer.Length;
                }
            }

            return (messages, bytes);
        });
    }

    /// <summary>Messages of the routes of a JSON publisher.</summary>
    /// <exception cref="ArgumentException">A template is wrong.</exception>
    public static EncodingTrial OfJson(PlantDefinition definition, JsonPublishConfig config, PublisherIdentity identity)
    {
        var errors = new ConfigErrors();
        IReadOnlyList<JsonRoute> routes = JsonRoute.Compile(config, ConfigPath.Root, errors);
        if (errors.Any)
        {
            throw new ArgumentException(string.Join("; ", errors), nameof(config));
        }

        var names = new JsonNames(definition, identity);
        RoutePlan[] plans = [.. routes.Select(route => new RoutePlan(route, definition, names, identity))];
        var encoder = new JsonEncoder(new JsonSink());
        return new EncodingTrial(batch =>
        {
            (int messages, long bytes) = (0, 0);
            foreach (RoutePlan plan in plans)
            {
                plan.Take(batch);
                for (int at = 0; plan.TryNext(batch, ref at, out ReadOnlySpan<int> message); messages++)
                {
                    encoder.Encode(plan.Route.Template, names, plan.Route.Group, batch, message);
                    bytes += encoder.Sink.Length;
                }
            }

            return (messages, bytes);
        });
    }

    /// <summary>Encodes every message that the readings make.</summary>
    public (int Messages, long Bytes) Encode(ReadingBatch batch) => _encode(batch);
}
