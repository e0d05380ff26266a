using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Alarms;

/// <summary>The settings on disk: one small file that only this account may read, because channels have secrets.</summary>
internal sealed class AlarmFile(string directory)
{
    private const string FileName = "rules.json";

    public string Path { get; } = System.IO.Path.Combine(directory, FileName);

    /// <exception cref="IOException">It cannot be read, or is damaged.</exception>
    public AlarmSettings Read()
    {
        try
        {
            return File.Exists(Path) ? JsonSerializer.Deserialize(File.ReadAllBytes(Path), AlarmFileJson.Default.AlarmSettings) ?? new AlarmSettings() : new AlarmSettings();
        }
        catch (JsonException e)
        {
            throw new IOException($"{Path} is damaged: {e.Message} No alarm is raised until it is put right or removed.", e);
        }
    }

    public void Write(AlarmSettings settings)
    {
        Directory.CreateDirectory(directory);
        string draft = Path + ".new";
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (FileStream stream = new(draft, options))
        {
            stream.Write(JsonSerializer.SerializeToUtf8Bytes(settings, AlarmFileJson.Default.AlarmSettings));
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, Path, overwrite: true);
    }
}

/// <summary>JSON of the file, for people to read and edit.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(AlarmSettings))]
internal sealed partial class AlarmFileJson : JsonSerializerContext;
