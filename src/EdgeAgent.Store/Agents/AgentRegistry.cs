using System.Security.Cryptography;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeAgent.Store.Agents;

/// <summary>Which agents may deliver, and with which key; a small SQLite file that the hub and the command line share.</summary>
/// <remarks>Safe for concurrent use, also by several processes: a decision made in one is seen by the other at the next question.</remarks>
public sealed class AgentRegistry : IDisposable
{
    public const string FileName = "agents.db";

    /// <summary>Unapproved agents remembered; beyond it the ones seen longest ago make room, so that a stranger on the broker cannot fill the disk.</summary>
    private const int PendingMax = 1000;

    private readonly Lock _gate = new();
    private readonly SqliteDatabase _database;
    private readonly TimeProvider _time;
    private readonly InviteList _invites;
    private readonly AgentFacts _facts;
    private readonly Dictionary<AgentKey, EnrolledAgent?> _known = [];
    private long _version = -1;

    private AgentRegistry(SqliteDatabase database, TimeProvider time)
    {
        _database = database;
        _time = time;
        _invites = new InviteList(database, time);
        _facts = new AgentFacts(database);
    }

    /// <summary>Opens the registry of a hub's data directory, creating it when missing.</summary>
    /// <exception cref="StoreDamagedException">The file is damaged; it is left as it is.</exception>
    public static AgentRegistry Open(string directory, TimeProvider time)
    {
        Directory.CreateDirectory(directory);
        string path = Path.Combine(directory, FileName);
        SqliteDatabase? database = null;
        try
        {
            database = SqliteDatabase.Open(path, readOnly: false);
            database.Execute("PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
            database.Execute("""
                CREATE TABLE IF NOT EXISTS agents (
                  site TEXT NOT NULL, agent TEXT NOT NULL, status INTEGER NOT NULL, public_key BLOB NOT NULL, new_key BLOB,
                  first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, note TEXT NOT NULL, PRIMARY KEY (site, agent)) WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS used_tokens (hash BLOB PRIMARY KEY, site TEXT NOT NULL, agent TEXT NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID;
                """ + InviteList.Schema + AgentFacts.Schema);
            return new AgentRegistry(database, time);
        }
        catch (SqliteException e) when (SqliteFailures.Translate(e, path) is { } translated)
        {
            database?.Dispose();
            throw translated;
        }
    }

    public IReadOnlyList<EnrolledAgent> List()
    {
        lock (_gate)
        {
            var agents = new List<EnrolledAgent>();
            Statement rows = _database.Sql("SELECT site, agent, status, public_key, new_key, first_seen, last_seen, note FROM agents ORDER BY site, agent");
            while (rows.Step())
            {
                agents.Add(ReadRow(rows));
            }

            return agents.ConvertAll(_facts.AddTo);
        }
    }

    public EnrolledAgent? Find(AgentKey agent)
    {
        lock (_gate)
        {
            Refresh();
            if (!_known.TryGetValue(agent, out EnrolledAgent? found))
            {
                found = Load(agent);
                _known.Add(agent, found);
            }

            return found;
        }
    }

    /// <summary>Takes note of an agent that introduced itself, and lets it in when it proves to know a token that was not used before.</summary>
    /// <param name="proof">See <see cref="EnrolmentProof"/>.</param>
    /// <param name="tokens">One-time tokens of the hub's configuration; those of <see cref="Invite"/> count beside them.</param>
    /// <exception cref="CryptographicException">The key is no ECDSA P-256 public key.</exception>
    public EnrolledAgent Introduce(AgentKey agent, ReadOnlySpan<byte> publicKey, string? proof, IEnumerable<string> tokens)
    {
        RequireP256(publicKey).Dispose();
        byte[] key = publicKey.ToArray();
        lock (_gate)
        {
            EnrolledAgent? known = Load(agent);
            if (known is not null && known.PublicKey.AsSpan().SequenceEqual(key) && known.Status != EnrolmentStatus.Pending)
            {
                Save(known with { LastSeenTicks = Now(), NewKey = null });
            }
            else
            {
                // A revoked agent uses up no token: it would not be let in by it.
                _database.InTransaction(() => Save(Admitted(
                    agent, known, key, known?.Status == EnrolmentStatus.Revoked ? null : proof, tokens)));
            }

            return Load(agent)!;
        }
    }

    /// <summary>Makes a token with which one agent is let in once, with whatever key it then shows.</summary>
    /// <returns>The token, which nothing shows again; null when the agent was revoked, which only an approval ends.</returns>
    public string? Invite(AgentKey agent, TimeSpan valid)
    {
        lock (_gate)
        {
            string? token = null;
            if (Load(agent)?.Status != EnrolmentStatus.Revoked)
            {
                _database.InTransaction(() => token = _invites.Issue(agent, valid));
            }

            return token;
        }
    }

    /// <summary>Takes down what an agent says of itself.</summary>
    public void Describe(AgentKey agent, string version, string configHash)
    {
        lock (_gate)
        {
            if (Load(agent) is { } known && (known.Version, known.ConfigHash) != (version, configHash))
            {
                _facts.Save(agent, version, configHash);
                _known.Clear();
            }
        }
    }

    /// <summary>Takes down that an agent delivered.</summary>
    public void Saw(AgentKey agent, long ticks, long? clockOffsetMs)
    {
        lock (_gate)
        {
            _database.InTransaction(() =>
            {
                _database.Sql("UPDATE agents SET last_seen = max(last_seen, ?) WHERE site = ? AND agent = ?").Bind(1, ticks).Bind(2, agent.Site).Bind(3, agent.Agent).Run();
                if (clockOffsetMs is { } offset)
                {
                    _facts.SaveClock(agent, offset);
                }
            });
            _known.Clear();
        }
    }

    /// <summary>Lets an agent in: with the new key that it showed, if there is one.</summary>
    /// <param name="fingerprint">When given, the key must be this one, so that what was looked at is what is approved.</param>
    /// <returns>False when the agent was never seen, or its key is another one.</returns>
    public bool Approve(AgentKey agent, string? fingerprint = null, string note = "approved by hand")
    {
        lock (_gate)
        {
            if (Load(agent) is not { } known)
            {
                return false;
            }

            byte[] key = known.NewKey ?? known.PublicKey;
            if (fingerprint is not null && !fingerprint.Equals(EnrolledAgent.FingerprintOf(key), StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            Save(known with { Status = EnrolmentStatus.Approved, PublicKey = key, NewKey = null, Note = note });
            return true;
        }
    }

    /// <summary>Lets an agent in with a key that is known beforehand, as for the agent in the hub's own process.</summary>
    public void Enrol(AgentKey agent, ReadOnlySpan<byte> publicKey, string note)
    {
        RequireP256(publicKey).Dispose();
        lock (_gate)
        {
            Save(new EnrolledAgent(agent, EnrolmentStatus.Approved, publicKey.ToArray(), null, Load(agent)?.FirstSeenTicks ?? Now(), Now(), note));
        }
    }

    /// <summary>Refuses an agent from now on. What it delivered stays. False when the agent was never seen.</summary>
    public bool Revoke(AgentKey agent, string note = "revoked by hand")
    {
        lock (_gate)
        {
            if (Load(agent) is not { } known)
            {
                return false;
            }

            Save(known with { Status = EnrolmentStatus.Revoked, NewKey = null, Note = note });
            return true;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _database.Dispose();
        }
    }

    /// <summary>A public key to check signatures with.</summary>
    /// <exception cref="CryptographicException">It is no ECDSA P-256 public key.</exception>
    internal static ECDsa RequireP256(ReadOnlySpan<byte> publicKey)
    {
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(publicKey, out int read);
            return key.KeySize == 256 && read == publicKey.Length
                ? key
                : throw new CryptographicException("The public key is not an ECDSA key on P-256.");
        }
        catch (PlatformNotSupportedException e)
        {
            key.Dispose();
            throw new CryptographicException("The public key is no point of its curve.", e); // Anybody on the broker can send one; it must not end the hub.
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private EnrolledAgent Admitted(AgentKey agent, EnrolledAgent? known, byte[] key, string? proof, IEnumerable<string> tokens)
    {
        long now = Now();
        string? problem = null;
        if (proof is not null && (UseToken(agent, key, proof, tokens) || (problem = _invites.Use(agent, key, proof)) is null))
        {
            return new EnrolledAgent(agent, EnrolmentStatus.Approved, key, null, known?.FirstSeenTicks ?? now, now, "enrolled by token");
        }

        if (known is null || known.Status == EnrolmentStatus.Pending)
        {
            MakeRoom();
            return new EnrolledAgent(agent, EnrolmentStatus.Pending, key, null, known?.FirstSeenTicks ?? now, now,
                problem is null ? "waiting for approval" : "waiting for approval: " + problem);
        }

        return known with { NewKey = key, LastSeenTicks = now };
    }

    private bool UseToken(AgentKey agent, byte[] key, string proof, IEnumerable<string> tokens)
    {
        if (tokens.FirstOrDefault(t => EnrolmentProof.Verify(proof, t, key)) is not { } token)
        {
            return false;
        }

        Statement use = _database.Sql("INSERT INTO used_tokens VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING used")
            .Bind(1, SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token))).Bind(2, agent.Site).Bind(3, agent.Agent).Bind(4, Now());
        bool first = use.Step();
        use.Reset();
        return first;
    }

    private void MakeRoom() => _database.Sql("""
        DELETE FROM agents WHERE status = 0 AND (site, agent) IN (
          SELECT site, agent FROM agents WHERE status = 0 ORDER BY last_seen DESC LIMIT -1 OFFSET ?)
        """).Bind(1, PendingMax - 1).Run();

    private void Save(EnrolledAgent agent)
    {
        Statement upsert = _database.Sql("INSERT OR REPLACE INTO agents VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
            .Bind(1, agent.Agent.Site).Bind(2, agent.Agent.Agent).Bind(3, (long)agent.Status).Bind(4, agent.PublicKey);
        _ = agent.NewKey is { } newKey ? upsert.Bind(5, newKey) : upsert.BindNull(5);
        upsert.Bind(6, agent.FirstSeenTicks).Bind(7, agent.LastSeenTicks).Bind(8, agent.Note).Run();
        _known.Clear();
    }

    private EnrolledAgent? Load(AgentKey agent)
    {
        Statement row = _database.Sql("SELECT site, agent, status, public_key, new_key, first_seen, last_seen, note FROM agents WHERE site = ? AND agent = ?")
            .Bind(1, agent.Site).Bind(2, agent.Agent);
        EnrolledAgent? found = row.Step() ? ReadRow(row) : null;
        row.Reset();
        return found is null ? null : _facts.AddTo(found);
    }

    private static EnrolledAgent ReadRow(Statement row) => new(
        new AgentKey(row.Text(0), row.Text(1)), (EnrolmentStatus)row.Int32(2), row.Blob(3).ToArray(),
        row.IsNull(4) ? null : row.Blob(4).ToArray(), row.Int64(5), row.Int64(6), row.Text(7));

    /// <summary>Forgets what was read when another process has written since.</summary>
    private void Refresh()
    {
        long version = _database.Scalar("PRAGMA data_version");
        if (version != _version)
        {
            _version = version;
            _known.Clear();
        }
    }

    private long Now() => UnixTicks.Now(_time);
}
