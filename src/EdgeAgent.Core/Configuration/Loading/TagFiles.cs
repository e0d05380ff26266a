namespace EdgeAgent.Core.Configuration;

/// <summary>Reads the tag tables that devices name and puts their tags behind those of the configuration file.</summary>
internal static class TagFiles
{
    /// <param name="files">Gets the tables' paths.</param>
    /// <param name="inMemory">Tables by absolute path that are not read from disk.</param>
    public static AppConfig Merge(AppConfig config, ConfigErrors errors, List<string> files, IReadOnlyDictionary<string, byte[]>? inMemory = null)
    {
        if (config.Agent is not { } agent || !agent.Endpoints.Any(static e => e.Devices.Any(static d => d.TagFile is not null)))
        {
            return config;
        }

        // Many devices of one type share a table; it is read, and its errors are reported, once.
        var tables = new Dictionary<string, IReadOnlyList<TagConfig>>(StringComparer.Ordinal);
        ConfigPath root = ConfigPath.Root.Member("agent").Member("endpoints");
        EndpointConfig[] endpoints = [.. agent.Endpoints.Select((endpoint, e) => endpoint with
        {
            Devices = [.. endpoint.Devices.Select((device, d) =>
                device.TagFile is null ? device : Merge(device, root.Index(e).Member("devices").Index(d).Member("tagFile"), tables, inMemory, errors, files))],
        })];
        return config with { Agent = agent with { Endpoints = endpoints } };
    }

    private static DeviceConfig Merge(
        DeviceConfig device, ConfigPath path, Dictionary<string, IReadOnlyList<TagConfig>> tables, IReadOnlyDictionary<string, byte[]>? inMemory,
        ConfigErrors errors, List<string> files)
    {
        string file = device.TagFile!;
        if (!tables.TryGetValue(file, out IReadOnlyList<TagConfig>? tags))
        {
            files.Add(file);
            string problem = "";
            if ((inMemory is not null && inMemory.TryGetValue(file, out byte[]? bytes)) || BoundedFile.TryRead(file, TagTable.BytesMax, out bytes, out problem))
            {
                tags = TagTable.Read(bytes, file, errors);
            }
            else
            {
                errors.Add(path, $"{file}: {problem}", "a tag table (CSV or Excel)", "check the path; relative paths start at the configuration file");
                tags = [];
            }

            tables.Add(file, tags);
        }

        return device with { Tags = [.. device.Tags, .. tags] };
    }
}
