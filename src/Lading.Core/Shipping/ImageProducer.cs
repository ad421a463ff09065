using Lading.Assembly;
using Lading.Configuration;
using Lading.Context;
using Lading.Fingerprints;
using Lading.Git;
using Lading.Oci;
using Lading.Provenance;

namespace Lading.Shipping;

/// <summary>Makes images from their sources in a work folder, or finds them where they are already.</summary>
/// <param name="sources">The images' inputs.</param>
/// <param name="builder">Builds Dockerfiles.</param>
/// <param name="upstream">Opens repositories of images that others publish.</param>
/// <param name="unpinned">Settles bases that have no pin.</param>
/// <param name="origin">The registry that a promotion copies from; null if there is none.</param>
/// <param name="workspace">The clock, and a folder for checkouts and layers.</param>
internal sealed class ImageProducer(
    ProjectSnapshot sources,
    DockerfileBuilder builder,
    UpstreamImages upstream,
    UnpinnedBases unpinned,
    IImageRegistry? origin,
    Workspace workspace
) : IImageProducer
{
    public async Task<ProducedImage> ProduceAsync(
        PlannedImage image,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    )
    {
        if (origin is not null)
        {
            progress.Report(new ShippingEvent(image.Name, ShippingStage.Copying));
            return await PromoteAsync(origin, image, progress, cancellationToken).ConfigureAwait(false);
        }

        progress.Report(new ShippingEvent(image.Name, ShippingStage.Preparing));
        return image.Image.Inputs switch
        {
            MirroredInputs mirrored => await MirrorAsync(image, mirrored, progress, cancellationToken)
                .ConfigureAwait(false),
            AssembledInputs assembled => await AssembleAsync(image, assembled, progress, cancellationToken)
                .ConfigureAwait(false),
            BuiltInputs built => await builder
                .BuildAsync(image, built, sources, progress, cancellationToken)
                .ConfigureAwait(false),
            _ => throw new NotSupportedException(image.Image.Inputs.GetType().Name),
        };
    }

    /// <summary>The same digest, and the commit that first published it: a promotion is not a new publication.</summary>
    private async Task<ProducedImage> PromoteAsync(
        IImageRegistry origin,
        PlannedImage image,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    )
    {
        var digest = image.Digest!.Value;
        if (image.IsArchived)
        {
            await new ArchivedImages(workspace.Time)
                .RestoreAsync(origin, image, progress, cancellationToken)
                .ConfigureAwait(false);
        }

        var tags = await origin.FindTagsOfAsync(image.Repository, digest, cancellationToken).ConfigureAwait(false);
        return new ProducedImage(origin.Open(image.Repository), digest, RevisionTag.RevisionAmong(tags));
    }

    private async Task<ProducedImage> MirrorAsync(
        PlannedImage image,
        MirroredInputs mirrored,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    )
    {
        progress.Report(new ShippingEvent(image.Name, ShippingStage.Copying) { Text = mirrored.From.Reference });
        var found = await upstream.GetAsync(mirrored.From, cancellationToken).ConfigureAwait(false);
        if (mirrored.From.Digest is null)
        {
            progress.Report(
                new ShippingEvent(image.Name, ShippingStage.Copying)
                {
                    Note =
                        $"{mirrored.From.Reference} is unpinned: what it names now, {found.Digest}, is mirrored. 'lading bases update' pins it",
                }
            );
        }

        return new ProducedImage(found.Repository, found.Digest)
        {
            Inputs = Inputs(image, [mirrored.From with { Digest = found.Digest }]),
        };
    }

    private async Task<ProducedImage> AssembleAsync(
        PlannedImage image,
        AssembledInputs inputs,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    )
    {
        var folder = Path.Combine(workspace.Path, image.Name);
        var checkout = await CheckOutAsync(
                image.Image.Root,
                inputs.Files,
                Path.Combine(folder, "checkout"),
                cancellationToken
            )
            .ConfigureAwait(false);
        var definition = inputs.Definition;
        if (definition.Run is { } command)
        {
            progress.Report(new ShippingEvent(image.Name, ShippingStage.Building) { Text = command });
            await SourceCommand
                .RunAsync(
                    image.Name,
                    command,
                    checkout.Folder,
                    new OutputProgress(image.Name, command, progress),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }

        progress.Report(new ShippingEvent(image.Name, ShippingStage.Building) { Text = "putting layers together" });
        var bases = await unpinned
            .SettleAsync(image.Name, inputs.Bases, progress, cancellationToken)
            .ConfigureAwait(false);
        var below =
            bases.Count == 0 ? null : await upstream.GetAsync(bases[0], cancellationToken).ConfigureAwait(false);
        var assembled = new AssembledRepository(Path.Combine(folder, "layers"), below?.Repository);
        var digest = await ImageAssembler
            .AssembleAsync(definition, checkout, below, assembled, cancellationToken)
            .ConfigureAwait(false);
        return new ProducedImage(assembled, digest) { Inputs = Inputs(image, bases) };
    }

    private static ImageProvenance Inputs(PlannedImage image, IReadOnlyList<BaseReference>? used) =>
        ImageProvenance.Of(image.Image, used);

    /// <summary>Writes sources where they lie in the repository, so that paths with <c>..</c> stay within.</summary>
    private async Task<SourceCheckout> CheckOutAsync(
        string tree,
        IReadOnlyList<TreeEntry> files,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var paths = new RepositoryPath(sources.Repository.Prefix);
        var placed = files.Select(file => file with { Path = paths.OfFile(file.Path) }).ToList();
        await new RepositoryFiles(sources.Repository, sources.Objects, tree, folder + "-scratch")
            .WriteAsync("", placed, static _ => true, folder, cancellationToken)
            .ConfigureAwait(false);
        var top = Path.GetFullPath(folder);
        var root = Path.GetFullPath(sources.Repository.Prefix, top).TrimEnd(Path.DirectorySeparatorChar);
        Directory.CreateDirectory(root);
        return new SourceCheckout(top, root)
        {
            Executables = placed
                .Where(file => file.Mode == EntryMode.Executable)
                .Select(file => Path.GetFullPath(file.Path, top))
                .ToHashSet(StringComparer.Ordinal),
        };
    }
}
