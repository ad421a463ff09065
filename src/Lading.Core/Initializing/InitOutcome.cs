using Lading.Configuration;
using Lading.Configuration.Proposals;
using Lading.Fingerprints;

namespace Lading.Initializing;

/// <summary>What <c>init</c> found and did.</summary>
/// <param name="Path">The path of <c>lading.json</c>, relative to the working directory.</param>
/// <param name="IsNew">False if it existed before.</param>
/// <param name="Folder">Its folder, from the top of the repository; empty for the top.</param>
/// <param name="Configuration">Its content.</param>
/// <param name="App">The CDK app; null if there is none.</param>
/// <param name="Proposals">Proposals for the Dockerfiles.</param>
/// <param name="IsIgnoring">True if <c>.gitignore</c> was changed.</param>
/// <param name="Pins">The bases that were pinned, and those that could not be.</param>
internal sealed record InitOutcome(
    string Path,
    bool IsNew,
    string Folder,
    LadingConfiguration Configuration,
    CdkApp? App,
    ImageProposals Proposals,
    bool IsIgnoring,
    FirstPins Pins
)
{
    /// <summary>Dockerfiles that are not in git yet, from the top of the repository.</summary>
    public IReadOnlyList<string> Untracked { get; init; } = [];

    /// <summary>Probable mistakes in the builds of the images.</summary>
    public IReadOnlyList<BuildNote> Notes { get; init; } = [];

    /// <summary>
    /// The edit that makes the app publish its image assets through Lading; null if there is nothing to propose.
    /// </summary>
    public AppEdit? Edit { get; init; }

    /// <summary>Whether the edit was applied.</summary>
    public bool IsEdited { get; init; }

    /// <summary>Images of other registries in the app's last assembly.</summary>
    public IReadOnlyList<Sidecar> Sidecars { get; init; } = [];

    /// <summary>The folder of <c>lading.json</c> from where the tool was started, ending in <c>/</c>; empty if it is that folder.</summary>
    public string Beside => Path[..(Path.LastIndexOf('/') + 1)];

    /// <summary>
    /// How the next command line begins: above the folder of <c>lading.json</c>, it has to name that folder.
    /// </summary>
    public string Program =>
        Beside.Split('/', StringSplitOptions.RemoveEmptyEntries).All(part => part == "..")
            ? "lading"
            : $"lading -C {ShellArgument.Of(Beside.TrimEnd('/'))}";

    /// <summary>The Dockerfiles that no image of the configuration uses.</summary>
    public IEnumerable<ProposedImage> Unused
    {
        get
        {
            var used = Configuration.Images.Values.OfType<BuiltImage>().Select(image => image.Dockerfile).ToHashSet();
            return Proposals.Images.Where(image => !used.Contains(RelativePath.From(Folder, image.Dockerfile)));
        }
    }
}
