using System.Reflection;

namespace EdgeAgent.Core.Configuration;

/// <summary>Finds templates by name: in the directory <c>templates</c> beside the configuration file, else among those in the program.</summary>
/// <param name="directory">The configuration file's directory.</param>
/// <param name="errors">Gets what is wrong with a template, once.</param>
/// <param name="files">Gets the files that were read, to be watched for changes.</param>
internal sealed class TemplateLibrary(string directory, ConfigErrors errors, List<string> files)
{
    private const int BytesMax = 4 << 20;
    private const string ResourcePrefix = "EdgeAgent.Templates.";
    private const string Extension = ".json";
    private static readonly Assembly Program = typeof(TemplateLibrary).Assembly;

    private readonly string _directory = Path.Combine(directory, "templates");
    private readonly Dictionary<string, LoadedTemplate?> _found = new(StringComparer.Ordinal);

    /// <summary>The names of the templates in the program.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } =
    [
        .. Program.GetManifestResourceNames().Where(static n => n.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .Select(static n => n[ResourcePrefix.Length..^Extension.Length]).Order(StringComparer.Ordinal),
    ];

    /// <param name="name">The template.</param>
    /// <param name="path">Where the configuration names it.</param>
    /// <returns>Null when there is none, or an unusable one; that was reported.</returns>
    public LoadedTemplate? Find(string name, ConfigPath path)
    {
        // A name is no path: what a configuration starts from lies where everyone looks for it.
        if (name.Length == 0 || name.AsSpan().ContainsAny("/\\\0") || name.StartsWith('.'))
        {
            errors.Add(path, $"'{name}' is not the name of a template", "a file name without directory and .json", $"put the file into {_directory}");
            return null;
        }

        if (_found.TryGetValue(name, out LoadedTemplate? known))
        {
            return known;
        }

        string file = Path.Combine(_directory, name + Extension);
        if (File.Exists(file))
        {
            files.Add(file);
            if (BoundedFile.TryRead(file, BytesMax, out byte[] bytes, out string problem))
            {
                return _found[name] = Read(name, file, bytes);
            }

            errors.Add(path, $"{file}: {problem}", "a template", "check the file and its permissions");
            return _found[name] = null;
        }

        if (BuiltIn.Contains(name, StringComparer.Ordinal))
        {
            using Stream stream = Program.GetManifestResourceStream(ResourcePrefix + name + Extension)!;
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return _found[name] = Read(name, $"built-in template {name}", content.ToArray());
        }

        string[] names = [.. Names()];
        errors.Add(path, $"there is no template '{name}'", "one of " + string.Join(", ", names),
            Similar.Advice(name, names, $"take one of those, or put {name}{Extension} into {_directory}"));
        return null;
    }

    /// <summary>Every template that can be named.</summary>
    public IEnumerable<string> Names()
    {
        string[] own = [];
        try
        {
            own = Directory.Exists(_directory) ? Directory.GetFiles(_directory, "*" + Extension) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then only those of the program are listed.
        }

        return own.Select(static f => Path.GetFileNameWithoutExtension(f)).Concat(BuiltIn).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }

    private LoadedTemplate? Read(string name, string file, byte[] bytes)
    {
        LineIndex? lines = null;
        var problems = new ConfigErrors(file, path => lines?.LineOf(path) ?? 0);
        if (ConfigParser.Parse(bytes, problems) is { } root)
        {
            lines = new LineIndex(root);
            ConfigNode node = new TypeChecker(problems).Check(root, ConfigJson.Default.DeviceTemplate, ConfigPath.Root);
            if (!problems.Any)
            {
                return new LoadedTemplate(name, file, LoadedTemplate.InFile(node, file));
            }
        }

        errors.Add(problems);
        return null;
    }
}
