namespace Lading.Engines;

/// <summary>What an engine made.</summary>
/// <param name="Path">A folder or file.</param>
/// <param name="Form">What is there.</param>
internal sealed record BuiltOutput(string Path, BuiltForm Form);

/// <summary>The forms in which engines hand images out.</summary>
internal enum BuiltForm
{
    /// <summary>An OCI image layout in a folder, with one image.</summary>
    OciLayout,

    /// <summary>What <c>docker save</c> writes: a tar of one image with uncompressed layers.</summary>
    DockerArchive,
}
