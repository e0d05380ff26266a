using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;
using EdgeAgent.Store.Sqlite;

namespace EdgeAgent.Store.Agents;

/// <summary>One-time tokens for agents that are named beforehand. Not safe for concurrent use by itself.</summary>
/// <remarks>A proof can only be checked with the token, so an open token lies here in clear, as the hub's configuration would hold it;
/// one that was used or ran out is kept as a hash, so that its next use can be told from a wrong one.</remarks>
internal sealed class InviteList(SqliteDatabase database, TimeProvider time)
{
    private const int TokenBytes = 24;

    public const string Schema = """
        CREATE TABLE IF NOT EXISTS invites (
          hash BLOB PRIMARY KEY, site TEXT NOT NULL, agent TEXT NOT NULL, token TEXT, issued INTEGER NOT NULL, expires INTEGER NOT NULL, used INTEGER) WITHOUT ROWID;
        """;

    /// <returns>The token, which nothing shows again.</returns>
    public string Issue(AgentKey agent, TimeSpan valid)
    {
        string token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        long now = UnixTicks.Now(time);
        // A new invitation takes the place of an open one.
        database.Sql("UPDATE invites SET token = NULL, expires = min(expires, ?) WHERE site = ? AND agent = ? AND used IS NULL")
            .Bind(1, now).Bind(2, agent.Site).Bind(3, agent.Agent).Run();
        database.Sql("INSERT INTO invites VALUES (?, ?, ?, ?, ?, ?, NULL)")
            .Bind(1, HashOf(token)).Bind(2, agent.Site).Bind(3, agent.Agent).Bind(4, token).Bind(5, now).Bind(6, now + valid.Ticks).Run();
        return token;
    }

    /// <summary>Uses the invitation that the agent proves to know.</summary>
    /// <returns>Null when it is let in; otherwise why the proof does not let it in.</returns>
    public string? Use(AgentKey agent, byte[] publicKey, string proof)
    {
        long now = UnixTicks.Now(time);
        (byte[] Hash, long Expires)? proven = null;
        bool wasUsed = false;
        bool ranOut = false;
        Statement rows = database.Sql("SELECT hash, token, expires, used FROM invites WHERE site = ? AND agent = ?").Bind(1, agent.Site).Bind(2, agent.Agent);
        while (rows.Step())
        {
            wasUsed |= !rows.IsNull(3);
            ranOut |= rows.IsNull(3) && rows.Int64(2) <= now;
            if (!rows.IsNull(1) && EnrolmentProof.Verify(proof, rows.Text(1), publicKey))
            {
                proven = (rows.Blob(0).ToArray(), rows.Int64(2));
            }
        }

        if (proven is not { } invite)
        {
            return wasUsed ? "its token was used before, or is another one than it was invited with"
                : ranOut ? "its token has run out, or is another one than it was invited with"
                : "its token is none that this hub knows";
        }

        if (invite.Expires <= now)
        {
            return $"its token ran out at {UnixTicks.ToDateTimeOffset(invite.Expires):yyyy-MM-dd HH:mm}Z";
        }

        database.Sql("UPDATE invites SET token = NULL, used = ? WHERE hash = ?").Bind(1, now).Bind(2, invite.Hash).Run();
        return null;
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
