using System.Text.Json;

namespace EdgeAgent.Core.Configuration;

/// <summary>Loads the configuration file.</summary>
public static class ConfigFile
{
    /// <summary>Reads and checks the file with its tables and secrets; touches no device. Relative paths in the result are made absolute.</summary>
    public static LoadedConfig Load(string path)
    {
        string full = Path.GetFullPath(path);
        var errors = new ConfigErrors(path);
        AppConfig? config = null;
        try
        {
            config = JsonSerializer.Deserialize(File.ReadAllBytes(full), ConfigJson.Default.AppConfig);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            errors.Add(ConfigPath.Root, e.Message, "a configuration file", "");
        }

        return new LoadedConfig(errors.Any ? null : config, errors, Path.GetDirectoryName(full) ?? "/", [full]);
    }
}
