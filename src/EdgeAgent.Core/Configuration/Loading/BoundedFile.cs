namespace EdgeAgent.Core.Configuration;

/// <summary>Reads files that a configuration names, never more than a limit: the path may lead to a device that has no end.</summary>
internal static class BoundedFile
{
    public static bool TryRead(string path, int bytesMax, out byte[] bytes, out string problem)
    {
        bytes = [];
        try
        {
            if (Directory.Exists(path))
            {
                problem = "it is a directory";
                return false;
            }

            if (!File.Exists(path))
            {
                problem = "the file does not exist";
                return false;
            }

            using FileStream stream = File.OpenRead(path);
            using var content = new MemoryStream();
            byte[] part = new byte[64 << 10];
            for (int read = stream.Read(part); read > 0; read = stream.Read(part))
            {
                content.Write(part, 0, read);
                if (content.Length > bytesMax)
                {
                    problem = $"the file has more than {bytesMax:N0} bytes";
                    return false;
                }
            }

            bytes = content.ToArray();
            problem = "";
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = $"the file cannot be read: {e.Message}";
            return false;
        }
    }
}
