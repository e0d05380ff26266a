using System.Text.Json;
using EdgeAgent.Store;

namespace EdgeAgent.Configuring;

/// <summary>The newest push of each agent, kept in the hub's data directory. Safe for concurrent use.</summary>
internal sealed class PushBook
{
    private const string FileName = "configuration-pushes.json";

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly Dictionary<AgentKey, PushRecord> _records;

    /// <exception cref="IOException">The file cannot be read, or is damaged.</exception>
    public PushBook(string dataDirectory)
    {
        _path = Path.Combine(dataDirectory, FileName);
        try
        {
            PushRecord[] kept = File.Exists(_path) ? JsonSerializer.Deserialize(File.ReadAllBytes(_path), ConfiguringJson.Default.PushRecordArray) ?? [] : [];
            _records = kept.ToDictionary(static r => new AgentKey(r.Site, r.Agent));
        }
        catch (JsonException e)
        {
            throw new IOException($"{_path} is damaged: {e.Message}", e);
        }
    }

    public PushRecord? Find(AgentKey agent)
    {
        lock (_gate)
        {
            return _records.GetValueOrDefault(agent);
        }
    }

    public void Save(PushRecord record)
    {
        lock (_gate)
        {
            _records[new AgentKey(record.Site, record.Agent)] = record;
            string draft = _path + ".new";
            using (FileStream stream = new(draft, FileMode.Create, FileAccess.Write))
            {
                stream.Write(JsonSerializer.SerializeToUtf8Bytes([.. _records.Values], ConfiguringJson.Default.PushRecordArray));
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, _path, overwrite: true);
        }
    }

    /// <summary>A revision that no push of this agent had: the clock's milliseconds, or one more than the last.</summary>
    public long NextRevision(AgentKey agent, DateTimeOffset now) => Math.Max((Find(agent)?.Revision ?? 0) + 1, now.ToUnixTimeMilliseconds());
}
