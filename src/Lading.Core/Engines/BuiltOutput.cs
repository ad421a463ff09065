namespace Lading.Engines;

/// <summary>The output of an engine.</summary>
/// <param name="Path">A folder or file.</param>
/// <param name="Form">Its format.</param>
internal sealed record BuiltOutput(string Path, BuiltForm Form);

/// <summary>The formats in which engines export images.</summary>
internal enum BuiltForm
{
    /// <summary>An OCI image layout in a folder, with one image.</summary>
    OciLayout,

    /// <summary>The format of <c>docker save</c>: a tar of one image with uncompressed layers.</summary>
    DockerArchive,
}
