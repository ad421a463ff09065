using Lading.Assembly;
using Lading.Context;
using Lading.Fingerprints;
using Lading.Git;
using Lading.Provenance;

namespace Lading.Shipping;

/// <summary>
/// Assembles images from files, without an engine; their <c>run</c> command runs in a clean checkout of their sources.
/// </summary>
/// <param name="workspace">A folder for checkouts and layers.</param>
/// <param name="sources">The images' inputs.</param>
/// <param name="upstream">Finds their bases.</param>
/// <param name="current">The current digests of unpinned bases.</param>
internal sealed class AssembledImageProducer(
    Workspace workspace,
    ProjectSnapshot sources,
    UpstreamImages upstream,
    Task<CurrentBases> current
) : IImageProducer
{
    public async Task<ProducedImage> ProduceAsync(
        PlannedImage image,
        IProgress<ShippingEvent> progress,
        CancellationToken cancellationToken
    )
    {
        progress.Report(new ShippingEvent(image.Name, ShippingStage.Preparing));
        var inputs = (AssembledInputs)image.Image.Inputs;
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
        var bases = (await current.ConfigureAwait(false)).Settle(image.Name, inputs.Bases, progress);
        var baseImage =
            bases.Count == 0 ? null : await upstream.GetAsync(bases[0], cancellationToken).ConfigureAwait(false);
        var assembled = new AssembledRepository(Path.Combine(folder, "layers"), baseImage?.Repository);
        var digest = await ImageAssembler
            .AssembleAsync(definition, checkout, baseImage, assembled, cancellationToken)
            .ConfigureAwait(false);
        return new ProducedImage(assembled, digest) { Inputs = ImageProvenance.Of(image.Image, bases) };
    }

    /// <summary>
    /// Writes sources to their paths in the repository, so that paths with <c>..</c> stay within the checkout.
    /// </summary>
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
