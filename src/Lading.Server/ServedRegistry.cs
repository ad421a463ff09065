using System.Collections.Concurrent;
using Lading.Layout;
using Lading.Oci;
using Lading.Server.Access;
using Lading.Server.Ecr.Lifecycle;
using Lading.Server.Uploads;

namespace Lading.Server;

/// <summary>What all endpoints share.</summary>
/// <param name="Store">The repositories.</param>
/// <param name="Uploads">The uploads in progress.</param>
/// <param name="Options">The options of the server.</param>
/// <param name="Address">Its address: <c>http://127.0.0.1:5050</c>.</param>
internal sealed record ServedRegistry(
    LayoutStore Store,
    UploadFolder Uploads,
    RegistryServerOptions Options,
    Uri Address
)
{
    /// <summary>Its passwords and URLs with an expiration.</summary>
    public RegistryPasswords Passwords { get; } = new(Options.Logins);

    /// <summary>Who may pull and push.</summary>
    public LoginCheck Logins => new(Options.Logins, Passwords, Options.Time);

    /// <summary>Who may call AWS operations.</summary>
    public SignatureCheck Signatures => new(Options.Logins, Passwords, Options.Time);

    /// <summary>Limits the bodies that are held in memory.</summary>
    public LargeBodies LargeBodies { get; } = new();

    /// <summary>The last preview of a lifecycle policy of each repository.</summary>
    public ConcurrentDictionary<RepositoryName, LifecyclePreview> Previews { get; } = [];

    /// <summary>Whether an image is archived, so that ECR's clients can describe but not pull it.</summary>
    public bool IsArchived(RepositoryName repository, Digest digest) =>
        Store.Find(repository)?.Archived?.ContainsKey(digest.ToString()) == true;

    /// <summary>An image that is pushed again is restored.</summary>
    public async Task RestoreAsync(RepositoryName repository, Digest digest, CancellationToken cancellationToken)
    {
        if (IsArchived(repository, digest))
        {
            await Store
                .ChangeAsync(
                    repository,
                    record => record.WithRestored(digest.ToString(), Options.Time.GetUtcNow()),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
    }
}
