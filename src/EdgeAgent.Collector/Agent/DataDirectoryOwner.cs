using System.Text;

namespace EdgeAgent.Collector.Agent;

/// <summary>Keeps a data directory to the one agent that began it: key, chain and accounts in it speak in that agent's name.</summary>
internal static class DataDirectoryOwner
{
    public const string FileName = "agent.owner";

    /// <summary>Writes the owner into a new directory, and checks it in one that has an owner.</summary>
    /// <exception cref="AgentStartException">The directory belongs to another agent.</exception>
    /// <exception cref="IOException">The directory cannot be read or written.</exception>
    public static void Claim(string directory, string site, string agent)
    {
        string path = Path.Combine(directory, FileName);
        string name = site + "/" + agent;
        if (File.Exists(path))
        {
            string owner = File.ReadAllText(path, Encoding.UTF8).Trim();
            if (owner != name)
            {
                throw new AgentStartException(
                    $"The data directory {directory} belongs to agent {owner}, and this is {name}. Give this agent a dataDirectory of its own; "
                    + "to go on under a new name, wait until the old agent's buffer is empty and move the directory away.");
            }

            return;
        }

        string draft = path + ".new";
        File.WriteAllText(draft, name + "\n", Encoding.UTF8);
        File.Move(draft, path, overwrite: true);
    }
}
