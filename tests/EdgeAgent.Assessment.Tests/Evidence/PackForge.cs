using System.IO.Compression;
using EdgeAgent.Assessment.Evidence;
using EdgeAgent.Assessment.Evidence.Container;
using EdgeAgent.Core.Batches;

namespace EdgeAgent.Assessment.Tests.Evidence;

/// <summary>A forger who takes a pack apart and puts it together again, every hash right, with whatever key he has.</summary>
internal sealed class PackForge
{
    private PackForge(PackManifest manifest, List<KeyValuePair<string, byte[]>> files)
    {
        Manifest = manifest;
        Files = files;
    }

    public PackManifest Manifest { get; set; }

    /// <summary>Everything but manifest and signature, in order.</summary>
    public List<KeyValuePair<string, byte[]>> Files { get; }

    public static PackForge Open(string path)
    {
        List<KeyValuePair<string, byte[]>> files = [];
        using ZipArchive zip = ZipFile.OpenRead(path);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            using Stream content = entry.Open();
            using MemoryStream copy = new();
            content.CopyTo(copy);
            files.Add(new(entry.FullName, copy.ToArray()));
        }

        PackManifest manifest = PackManifest.TryRead(files.Single(f => f.Key == "manifest.json").Value)!;
        files.RemoveAll(f => f.Key is "manifest.json" or "manifest.sig");
        return new PackForge(manifest, files);
    }

    public byte[] this[string path]
    {
        get => Files.Single(f => f.Key == path).Value;
        set => Files[Files.FindIndex(f => f.Key == path)] = new(path, value);
    }

    public string Write(string path, IBatchSigner signer, bool keepManifest = false)
    {
        using FileStream output = new(path, FileMode.Create, FileAccess.ReadWrite);
        using PackWriter writer = new(output);
        foreach ((string name, byte[] content) in Files)
        {
            writer.Add(name, content);
        }

        PackManifest manifest = keepManifest ? Manifest : Manifest with { Files = [.. writer.Files] };
        writer.Finish(manifest.Write(), signer);
        return path;
    }
}
