namespace EdgeAgent.Commands.Bench;

/// <summary>A partner in C, built from its source in the repository; what our code is held against.</summary>
internal static class NativeProgram
{
    /// <param name="source">Path below the repository, for instance <c>tests/partners/c/modbus_server.c</c>.</param>
    /// <returns>Path of the executable, in the scenario's directory.</returns>
    public static async Task<string> BuildAsync(string source, BenchContext context)
    {
        string program = Path.Combine(context.Directory, Path.GetFileNameWithoutExtension(source));
        await using ChildProcess compiler = ChildProcess.Start("gcc", ["-O2", "-pthread", "-o", program, RepositoryFile(source)]);
        int code = await compiler.WaitForExitAsync(TimeSpan.FromMinutes(2), context);
        return code == 0 ? program : throw CommandFailure.Failed($"gcc cannot build {source}:\n{compiler.Output()}");
    }

    /// <summary>A file of the source tree that this program was built from.</summary>
    public static string RepositoryFile(string path)
    {
        foreach (string start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory })
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                string candidate = Path.Combine(folder.FullName, path);
                if (File.Exists(Path.Combine(folder.FullName, "EdgeAgent.sln")) && File.Exists(candidate))
                {
                    return candidate;
                }
            }
        }

        throw CommandFailure.Failed($"This scenario needs {path} of the source tree. Run it from a checkout.");
    }
}
