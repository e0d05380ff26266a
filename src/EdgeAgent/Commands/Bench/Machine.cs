using System.Runtime.InteropServices;

namespace EdgeAgent.Commands.Bench;

/// <summary>The machine that a figure was measured on; without it the figure means nothing.</summary>
internal sealed record Machine(string Cpu, int Cores, string Kernel, string Dotnet, bool OptimizedBuild)
{
    public static Machine Describe() => new(
        CpuModel(),
        Environment.ProcessorCount,
        $"{RuntimeInformation.OSDescription}, Linux {Environment.OSVersion.Version.ToString(3)}",
        RuntimeInformation.FrameworkDescription,
        IsOptimized());

    public override string ToString() =>
        $"{Cpu}, {Cores} cores, {Kernel}, {Dotnet}{(OptimizedBuild ? "" : " - DEBUG BUILD, figures are worthless")}";

    private static string CpuModel()
    {
        const string Key = "model name";
        return File.Exists("/proc/cpuinfo")
            && File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':') + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static bool IsOptimized() =>
#if DEBUG
        false;
#else
        true;
#endif
}
