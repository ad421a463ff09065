using Lading.Layout;
using Lading.Oci;
using Lading.Server.Uploads;

namespace Lading.Server;

/// <summary>What all endpoints work on.</summary>
/// <param name="Store">The repositories.</param>
/// <param name="Uploads">The uploads under way.</param>
/// <param name="Options">How it is served.</param>
/// <param name="Address">Where it is served: <c>http://127.0.0.1:5050</c>.</param>
internal sealed record ServedRegistry(
    LayoutStore Store,
    UploadFolder Uploads,
    RegistryServerOptions Options,
    Uri Address
)
{
    /// <summary>Whether an image is in storage class ARCHIVE, where ECR's clients can see but not pull it.</summary>
    public bool IsArchived(RepositoryName repository, Digest digest) =>
        Store.Find(repository)?.Archived?.ContainsKey(digest.ToString()) == true;
}
