using System.Text;

namespace EdgeAgent.Assessment.Evidence.Container;

/// <summary>Which names files of a pack may have: relative, forward slashes, nothing that a file system could take for another place.</summary>
internal static class PackPath
{
    public static bool IsSafe(string path)
    {
        if (path.Length == 0 || Encoding.UTF8.GetByteCount(path) > PackZip.PathBytesMax || path[0] == '/' || path[^1] == '/')
        {
            return false;
        }

        foreach (string part in path.Split('/'))
        {
            if (part.Length == 0 || part is "." or ".." || part[0] is ' ' or '.' || part[^1] is ' ' or '.')
            {
                return false;
            }

            foreach (char c in part)
            {
                if (char.IsControl(c) || char.IsSurrogate(c) || c is '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|')
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>A name of the field as a part of a path: what a path may not have becomes <c>_</c>.</summary>
    public static string PartOf(string name)
    {
        string part = string.Concat(name.Select(c => char.IsControl(c) || char.IsSurrogate(c) || c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' ? '_' : c)).Trim(' ', '.');
        return part.Length == 0 ? "_" : part;
    }
}
