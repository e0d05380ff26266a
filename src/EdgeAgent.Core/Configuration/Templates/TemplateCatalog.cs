namespace EdgeAgent.Core.Configuration;

/// <summary>A template that a device can start from.</summary>
/// <param name="Name">As configurations name it.</param>
/// <param name="File">Where it is: its path, or that it is built in.</param>
public sealed record TemplateEntry(string Name, string File, DeviceTemplate Template);

/// <summary>The templates that a configuration can name: those beside it and those in the program.</summary>
public static class TemplateCatalog
{
    /// <param name="directory">The configuration file's directory.</param>
    /// <param name="errors">Gets what is wrong with templates that cannot be used; those are left out.</param>
    public static IReadOnlyList<TemplateEntry> List(string directory, ConfigErrors errors)
    {
        var library = new TemplateLibrary(directory, errors, []);
        var found = new List<TemplateEntry>();
        foreach (string name in library.Names().ToArray())
        {
            if (library.Find(name, ConfigPath.Root) is { } loaded
                && NodeReader.Read(loaded.Node, ConfigJson.Default.DeviceTemplate, ConfigPath.Root, errors) is { } template)
            {
                found.Add(new TemplateEntry(name, loaded.File, template));
            }
        }

        return found;
    }
}
