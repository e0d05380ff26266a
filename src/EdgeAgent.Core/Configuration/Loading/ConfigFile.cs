namespace EdgeAgent.Core.Configuration;

/// <summary>Loads the configuration file.</summary>
public static class ConfigFile
{
    /// <summary>Largest configuration file in bytes; large plants keep their tags in tables.</summary>
    public const int BytesMax = 64 << 20;

    /// <summary>Reads and checks the file with its tables and secrets, and touches no device. Relative paths come out absolute.</summary>
    public static LoadedConfig Load(string path) => Load(path, Environment.GetEnvironmentVariable);

    /// <param name="path">The file.</param>
    /// <param name="environment">Looks up the variables of <c>${env:NAME}</c>.</param>
    /// <param name="isNeeded">Where a reference to a secret must lead somewhere; null is everywhere.</param>
    public static LoadedConfig Load(string path, Func<string, string?> environment, Func<ConfigPath, bool>? isNeeded = null)
    {
        string full = Path.GetFullPath(path);
        string directory = Path.GetDirectoryName(full) ?? "/";
        if (!BoundedFile.TryRead(full, BytesMax, out byte[] bytes, out string problem))
        {
            var errors = new ConfigErrors(path);
            errors.Add(ConfigPath.Root, problem, "a configuration file", "check the path and its permissions; configs/ holds samples");
            return new LoadedConfig(null, errors, directory, [full]);
        }

        return Parse(bytes, path, directory, environment, isNeeded);
    }

    /// <summary>The same for a text in memory, for tests and editors.</summary>
    /// <param name="utf8">The file's content.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="directory">Where relative paths start; absolute.</param>
    /// <param name="environment">Looks up the variables of <c>${env:NAME}</c>.</param>
    /// <param name="isNeeded">Where a reference to a secret must lead somewhere; null is everywhere.</param>
    /// <param name="tables">Tag tables in memory by absolute path, in place of the files.</param>
    public static LoadedConfig Parse(
        ReadOnlySpan<byte> utf8, string file, string directory, Func<string, string?> environment, Func<ConfigPath, bool>? isNeeded = null,
        IReadOnlyDictionary<string, byte[]>? tables = null)
    {
        var files = new List<string> { Path.GetFullPath(file) };
        LineIndex? lines = null;
        var errors = new ConfigErrors(file, path => lines?.LineOf(path) ?? 0) { FileOf = path => lines?.FileOf(path) };
        if (ConfigParser.Parse(utf8, errors) is not { } root)
        {
            return new LoadedConfig(null, errors, directory, files);
        }

        // Before the merge, errors about entries point at what the file says.
        lines = new LineIndex(root);
        var templates = new TemplateExpander(new TemplateLibrary(directory, errors, files), errors);
        root = templates.Expand(root);
        lines = new LineIndex(root);
        var secrets = new SecretResolver(directory, environment, isNeeded ?? (_ => true), errors);
        ConfigNode resolved = secrets.Resolve(root, ConfigPath.Root);
        files.AddRange(secrets.Files);

        ConfigNode fitting = new TypeChecker(errors).Check(resolved, ConfigJson.Default.AppConfig, ConfigPath.Root);
        if (NodeReader.Read(fitting, ConfigJson.Default.AppConfig, ConfigPath.Root, errors) is not { } config)
        {
            return new LoadedConfig(null, errors, directory, files);
        }

        config = AbsolutePaths.In(config, directory);
        config = TagFiles.Merge(config, errors, files, tables);
        ConfigRules.Check(config, errors);
        return new LoadedConfig(config, errors, directory, files) { Templates = templates.Uses };
    }
}
