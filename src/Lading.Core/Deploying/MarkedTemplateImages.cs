using Lading.Checking;
using Lading.Oci;
using Lading.Projects;
using Lading.Shipping;

namespace Lading.Deploying;

/// <summary>
/// Unmarks images in templates that are marked for deletion, before cdk passes the templates to CloudFormation.
/// Publishing unmarks the images that the deployment publishes; this covers all others.
/// </summary>
/// <param name="workspace">The project in the environment to deploy to.</param>
internal sealed class MarkedTemplateImages(Workspace workspace)
{
    /// <summary>Unmarks the marked images, as far as the credentials permit.</summary>
    /// <param name="report">The check of the images in templates.</param>
    /// <param name="cancellationToken">Cancels it; images that were unmarked stay so.</param>
    /// <returns>The images that were marked, by their references.</returns>
    /// <exception cref="LadingException">One cannot be unmarked, and may be deleted any day.</exception>
    public async Task<IReadOnlyList<MarkedImage>> KeepAsync(CheckReport report, CancellationToken cancellationToken)
    {
        var marked = new List<MarkedImage>();
        foreach (
            var image in report
                .Results.Where(result => result.Image.Stack is not null)
                .Select(result => NamedMark.Find(result.Image.Address, result.Evidence.Found))
                .OfType<NamedMark>()
                // Two registries may have a repository with the same name.
                .DistinctBy(image => (image.Address.Registry.Name, image.Name))
        )
        {
            marked.Add(await KeepAsync(image, cancellationToken).ConfigureAwait(false));
        }

        return marked;
    }

    private async Task<MarkedImage> KeepAsync(NamedMark image, CancellationToken cancellationToken)
    {
        var project = workspace.Project;
        try
        {
            var registry = await workspace
                .Registries.OpenAsync(image.Address.Registry, cancellationToken)
                .ConfigureAwait(false);
            await new KeptImages(registry, workspace.Time)
                .KeepAsync(
                    image.Name,
                    image.Address.Repository,
                    image.Digest,
                    image.Tags,
                    image.Address.Digest is null ? image.Address.Tag : null,
                    cancellationToken
                )
                .ConfigureAwait(false);
            return new MarkedImage(image.Name, image.Since, IsKept: true);
        }
        catch (LadingException e)
        {
            return new MarkedImage(image.Name, image.Since, IsKept: false).EnsureDays(
                project.Configuration.Retention.GraceDays,
                workspace.Time,
                mark => new LadingException(
                    $"Could not deploy to {project.Environment.Name}",
                    $"{image.Name} {mark}: {e.CameBack}",
                    "Allow ecr:PutImage there, or publish it again from the project that it belongs to.",
                    FailureKind.CheckFailed,
                    e
                )
            );
        }
    }

    /// <summary>An image in a template that is marked for deletion.</summary>
    private sealed record NamedMark(ImageAddress Address, Digest Digest, IReadOnlyList<Tag> Tags, DateOnly Since)
    {
        public string Name => $"{Address.Repository}@{Digest.Short}";

        public static NamedMark? Find(ImageAddress? address, FoundImage? found) =>
            address is not null
            && found is { Tags: { } tags }
            && DeletionMark.MarkedSince(found.Digest, tags) is { } since
                ? new NamedMark(address, found.Digest, tags, since)
                : null;
    }
}
