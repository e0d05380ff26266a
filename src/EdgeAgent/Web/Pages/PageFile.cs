namespace EdgeAgent.Web.Pages;

/// <summary>One file of the built pages, with its compressed forms where the build made some.</summary>
/// <param name="Path">Where it lies on the disk.</param>
/// <param name="ETag">Changes with its content.</param>
/// <param name="IsImmutable">Its name carries a hash of its content, so that browsers may keep it for ever.</param>
internal sealed record PageFile(string Path, string ContentType, string ETag, bool IsImmutable, bool HasBrotli, bool HasGzip);
