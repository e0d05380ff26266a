using System.Text;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Publishing.Json;

/// <summary>The names of a definition, escaped once, by the ids that batches use.</summary>
internal sealed class JsonNames
{
    public JsonNames(PlantDefinition definition, PublisherIdentity identity)
    {
        Site = Escape(identity.Site);
        Agent = Escape(identity.Agent);
        Devices = [.. definition.Devices.Select(device => Escape(device.Name))];
        Assets = [.. definition.Devices.Select(device => Escape(device.Asset))];
        Tags = [.. definition.Tags.Select(tag => Escape(tag.Name))];
        Units = [.. definition.Tags.Select(tag => Escape(tag.Unit))];
        DeviceOf = [.. definition.Tags.Select(tag => tag.DeviceId)];
    }

    public byte[] Site { get; }

    public byte[] Agent { get; }

    public byte[][] Devices { get; }

    public byte[][] Assets { get; }

    public byte[][] Tags { get; }

    public byte[][] Units { get; }

    /// <summary>The device of each tag.</summary>
    public int[] DeviceOf { get; }

    public static byte[] Escape(string text)
    {
        var sink = new JsonSink();
        sink.Escaped(Encoding.UTF8.GetBytes(text));
        return sink.Written.ToArray();
    }
}
