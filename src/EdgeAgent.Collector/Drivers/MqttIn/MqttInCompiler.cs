using System.Text;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Json;
using EdgeAgent.Protocols.Mqtt.Client;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Sparkplug;

namespace EdgeAgent.Collector.Drivers.MqttIn;

/// <summary>Checks one endpoint's configuration whole, and compiles it when nothing is wrong.</summary>
internal sealed class MqttInCompiler(ConfigErrors errors)
{
    public MqttInPlan? Compile(EndpointConfig endpoint, ConfigPath path)
    {
        int before = errors.Total;
        SettingsReader.TryRead(
            endpoint.Settings, MqttInSettingsJson.Default.MqttInEndpointSettings, path.Member("settings"), errors, out MqttInEndpointSettings? settings);
        MqttClientOptions? options = settings is null ? null : OptionsOf(settings, path.Member("settings"));
        List<MqttInSource> sources = settings is null ? [] : SourcesOf(settings, path.Member("settings").Member("sources"));
        var devices = new List<MqttInDevice>();
        var plans = new List<DevicePlan>();
        int tags = 0;
        for (int i = 0; i < endpoint.Devices.Count; i++)
        {
            ConfigPath at = path.Member("devices").Index(i);
            if (CompileDevice(endpoint.Devices[i], i, tags, settings, sources, at) is { } device)
            {
                devices.Add(device);
                plans.Add(new DevicePlan(AddressOf(settings!, sources[device.Source], device), [.. device.Tags.Select(tag => tag.Kind)]));
            }

            tags += endpoint.Devices[i].Tags.Count;
        }

        return errors.Total > before ? null : new MqttInPlan(endpoint.Name, settings!, options!, sources, devices, plans);
    }

    private MqttClientOptions? OptionsOf(MqttInEndpointSettings settings, ConfigPath path)
    {
        int before = errors.Total;
        var brokers = new List<MqttBrokerAddress>();
        for (int i = 0; i < settings.Brokers.Count; i++)
        {
            if (MqttBrokerAddress.TryParse(settings.Brokers[i], out MqttBrokerAddress? broker))
            {
                brokers.Add(broker);
            }
            else
            {
                errors.Add(path.Member("brokers").Index(i), $"'{settings.Brokers[i]}' is no broker address", "mqtt://host:1883 or mqtts://host:8883", "");
            }
        }

        if (errors.Total > before)
        {
            return null;
        }

        var options = new MqttClientOptions
        {
            Brokers = brokers,
            Version = (MqttVersion)settings.ProtocolVersion,
            ClientId = settings.ClientId,
            CleanStart = settings.ClientId is null,
            SessionExpirySeconds = (uint)settings.SessionExpirySeconds,
            User = settings.User,
            Password = settings.Password?.Reveal(),
            Tls = settings.Tls is { } tls
                ? new MqttTlsOptions { CaFile = tls.CaFile, CertificateFile = tls.CertificateFile, KeyFile = tls.KeyFile, PinnedSha256 = tls.PinnedSha256 }
                : null,
            KeepAliveSeconds = (ushort)settings.KeepAliveSeconds,
            ConnectTimeoutMs = settings.ConnectTimeoutMs,
        };
        foreach (string problem in options.Validate())
        {
            errors.Add(path, problem, "", "see Drivers/MqttIn/README.md");
        }

        return options;
    }

    private List<MqttInSource> SourcesOf(MqttInEndpointSettings settings, ConfigPath path)
    {
        var sources = new List<MqttInSource>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (settings.Sources.Count == 0)
        {
            errors.Add(path, "there is no source", "at least one, such as { \"format\": \"json\", \"topic\": \"sensors/{device}/state\" }", "");
        }

        for (int i = 0; i < settings.Sources.Count; i++)
        {
            MqttInSourceSettings source = settings.Sources[i];
            ConfigPath at = path.Index(i);
            if (!names.Add(source.Name))
            {
                errors.Add(at.Member("name"), $"two sources are called '{source.Name}'", "a name of its own for each", "");
            }

            sources.Add(new MqttInSource(source, PatternOf(source, at), TimeOf(source, at)));
        }

        return sources;
    }

    private TopicPattern? PatternOf(MqttInSourceSettings source, ConfigPath path)
    {
        if (source.Format == MqttInFormat.Sparkplug)
        {
            if (source.Topic is { } filter && (!MqttTopic.IsFilter(filter) || !filter.StartsWith(SparkplugTopic.Namespace + "/", StringComparison.Ordinal)))
            {
                errors.Add(path.Member("topic"), $"'{filter}' is no filter over Sparkplug B topics", "spBv1.0/GROUP/#", "leave it out for every group");
            }

            return null;
        }

        string? topic = source.Topic ?? (source.Format == MqttInFormat.ChirpStack ? MqttInSource.ChirpStackTopic : null);
        if (topic is null)
        {
            errors.Add(path.Member("topic"), "missing", "a topic pattern", "\"sensors/{device}/state\"");
            return null;
        }

        if (!TopicPattern.TryParse(topic, out TopicPattern? pattern, out string problem))
        {
            errors.Add(path.Member("topic"), $"'{topic}': {problem}", "levels with captures, such as sensors/{hall}/{device}/state", "");
        }

        return pattern;
    }

    private JsonPath? TimeOf(MqttInSourceSettings source, ConfigPath path)
    {
        string? text = source.Format == MqttInFormat.ChirpStack ? source.Time ?? "time" : source.Time;
        if (text is null)
        {
            return null;
        }

        if (source.Format is MqttInFormat.Plain or MqttInFormat.Sparkplug)
        {
            errors.Add(path.Member("time"), $"messages of format {source.Format} have no path to a time", "nothing here", "leave it out");
            return null;
        }

        if (!JsonPath.TryParse(text, out JsonPath? time, out string problem))
        {
            errors.Add(path.Member("time"), $"'{text}': {problem}", "a path such as $.time", "see Protocols/Json/README.md");
        }

        return time;
    }

    private MqttInDevice? CompileDevice(
        DeviceConfig device, int index, int firstTag, MqttInEndpointSettings? settings, List<MqttInSource> sources, ConfigPath path)
    {
        int before = errors.Total;
        if (!SettingsReader.TryRead(
            device.Settings, MqttInSettingsJson.Default.MqttInDeviceSettings, path.Member("settings"), errors, out MqttInDeviceSettings? own) || settings is null)
        {
            return null;
        }

        int source = sources.FindIndex(candidate => candidate.Settings.Name == own.Source);
        if (own.Source is null && sources.Count == 1)
        {
            source = 0;
        }

        if (source < 0)
        {
            errors.Add(path.Member("settings").Member("source"), own.Source is null ? $"device '{device.Name}' names no source, and there are several" : $"there is no source '{own.Source}'",
                string.Join(", ", sources.Select(candidate => candidate.Settings.Name)), "");
            return null;
        }

        CheckId(device, own, sources[source], path.Member("settings").Member("id"));
        var tags = new MqttInTag[device.Tags.Count];
        for (int i = 0; i < tags.Length; i++)
        {
            ConfigPath at = device.Tags[i].Source ?? path.Member("tags").Index(i);
            if (TagKinds.Check(device.Tags[i], at, errors) is { } kind && CompileTag(device.Tags[i], firstTag + i, kind, sources[source], at) is { } tag)
            {
                tags[i] = tag;
            }
        }

        return errors.Total > before ? null : new MqttInDevice(index, source, own.Id, tags);
    }

    private void CheckId(DeviceConfig device, MqttInDeviceSettings own, MqttInSource source, ConfigPath path)
    {
        int levels = own.Id.Split('/').Length;
        bool fits = source.Settings.Format == MqttInFormat.Sparkplug ? levels is 2 or 3 : levels == (source.Pattern?.Captures ?? levels);
        if (!fits || own.Id.Length == 0)
        {
            errors.Add(path, $"device '{device.Name}': the id '{own.Id}' has {levels} levels",
                source.Settings.Format == MqttInFormat.Sparkplug ? "group/node or group/node/device" : $"what the pattern {source.Settings.Topic} captures, joined by '/'", "");
        }
    }

    private MqttInTag? CompileTag(TagConfig tag, int id, ValueKind kind, MqttInSource source, ConfigPath path)
    {
        string metric = "";
        string address = tag.Address;
        switch (source.Settings.Format)
        {
            case MqttInFormat.Sparkplug:
                return new MqttInTag(id, kind, Encoding.UTF8.GetBytes(address), null);
            case MqttInFormat.Plain:
                bool hasMetric = source.Pattern?.HasMetric ?? true;
                if (!hasMetric && address != "$")
                {
                    errors.Add(path.Member("address"), $"tag '{tag.Name}': the topic has no {{metric}} level that '{address}' could name", "$, the whole message", "put {metric} into the topic");
                }

                return new MqttInTag(id, kind, hasMetric ? Encoding.UTF8.GetBytes(address) : [], null);
            case MqttInFormat.Json when source.Pattern is { HasMetric: true }:
                int colon = address.IndexOf(':');
                if (colon <= 0)
                {
                    errors.Add(path.Member("address"), $"tag '{tag.Name}': '{address}' names no level", "METRIC:PATH, because the topic has a {metric} level", "\"state:$.temperature\"");
                    return null;
                }

                (metric, address) = (address[..colon], address[(colon + 1)..]);
                break;
        }

        if (!JsonPath.TryParse(address, out JsonPath? found, out string problem))
        {
            errors.Add(path.Member("address"), $"tag '{tag.Name}': '{address}': {problem}", "a path such as $.temperature", "see Protocols/Json/README.md");
            return null;
        }

        return new MqttInTag(id, kind, Encoding.UTF8.GetBytes(metric), found);
    }

    /// <summary>Broker, format and id: the pattern may change without the device becoming another one.</summary>
    private static string AddressOf(MqttInEndpointSettings settings, MqttInSource source, MqttInDevice device) =>
        $"{settings.Brokers[0]}/{source.Settings.Format.ToString().ToLowerInvariant()}/{device.Id}";
}
