using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Configuring;

/// <summary>What an agent must not forget about configurations from afar, also when it is killed.</summary>
/// <param name="LastRevision">Pushes of this revision or a lower one are replays.</param>
/// <param name="LastPush">Fingerprint of the last push's bytes: the same one again is answered again.</param>
/// <param name="LastOutcome">What became of it.</param>
internal sealed record RemoteConfigState(
    long LastRevision, string LastPush, RemoteConfigOutcome LastOutcome, IReadOnlyList<string> LastProblems, RemoteConfigTrial? Trial)
{
    public static RemoteConfigState None { get; } = new(0, "", RemoteConfigOutcome.None, [], null);

    /// <exception cref="IOException">The file cannot be read, or is damaged.</exception>
    public static RemoteConfigState Load(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), RemoteConfigStateJson.Default.RemoteConfigState) ?? None : None;
        }
        catch (JsonException e)
        {
            // Going on from nothing would take replays; a person has to look.
            throw new IOException($"{path} is damaged: {e.Message} Remove it to take configurations from the hub again.", e);
        }
    }

    public void Save(string path)
    {
        string draft = path + ".new";
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // The configuration put aside may hold passwords.
        }

        using (FileStream stream = new(draft, options))
        {
            stream.Write(JsonSerializer.SerializeToUtf8Bytes(this, RemoteConfigStateJson.Default.RemoteConfigState));
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }
}

/// <summary>A configuration on trial.</summary>
/// <param name="Revision">The push that brought it.</param>
/// <param name="Hash">What is on trial.</param>
/// <param name="Before">The configuration before, packed; what is put back.</param>
/// <param name="Until">When it is put back, unless it is confirmed.</param>
internal sealed record RemoteConfigTrial(long Revision, string Hash, byte[] Before, DateTimeOffset Until);

[JsonSerializable(typeof(RemoteConfigState))]
internal sealed partial class RemoteConfigStateJson : JsonSerializerContext;
