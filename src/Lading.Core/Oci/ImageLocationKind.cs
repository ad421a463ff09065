namespace Lading.Oci;

/// <summary>The kinds of places that images are named in.</summary>
internal enum ImageLocationKind
{
    /// <summary>A registry: <c>host/repository:tag</c>.</summary>
    Registry,

    /// <summary>An OCI image layout in a folder: <c>oci:DIR</c>.</summary>
    Layout,

    /// <summary>An OCI image layout in a tar file: <c>oci-archive:FILE</c>.</summary>
    Archive,

    /// <summary>What <c>docker save</c> writes: <c>docker-archive:FILE</c>.</summary>
    DockerArchive,
}
