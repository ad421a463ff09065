using System.Runtime.CompilerServices;
using Constructs;
using Lading.Configuration;
using Lading.Context;
using Lading.Fingerprints;
using Lading.Locks;

namespace Lading.Cdk.Synthesis;

/// <summary>What the stacks of an app share: <c>lading.json</c>, the locks and the fingerprints of HEAD, each read once.</summary>
internal sealed class AppImages
{
    // Attached to the root of a construct tree, and gone with it: nothing outlives an app.
    private static readonly ConditionalWeakTable<IConstruct, AppImages> Apps = [];

    private readonly Lazy<ProjectFolder?> project;
    private readonly Lazy<HeadFingerprints> head;
    private readonly Dictionary<string, ImageLock?> locks = new(StringComparer.Ordinal);

    private AppImages(Surroundings surroundings)
    {
        Surroundings = surroundings;
        project = new Lazy<ProjectFolder?>(() => FindProject(surroundings.Folder));
        head = new Lazy<HeadFingerprints>(() => HeadFingerprints.Read(project.Value!));
    }

    public Surroundings Surroundings { get; }

    /// <summary>True where a test asked for constant digests.</summary>
    public bool IsFixed { get; set; }

    /// <summary>The paths of the scopes whose stacks write no record.</summary>
    public HashSet<string> WithoutRecord { get; } = new(StringComparer.Ordinal);

    /// <summary>The project whose <c>lading.json</c> is the nearest from the working directory upward; null where there is none.</summary>
    /// <exception cref="LadingException">Something in the file is wrong.</exception>
    public ProjectFolder? Project => project.Value;

    /// <summary>The identities of the project's images at HEAD; read at the first question.</summary>
    public HeadFingerprints Head => head.Value;

    /// <summary>As <see cref="Project"/>, which must be there.</summary>
    /// <param name="attempted">What it is needed for, as the start of a sentence.</param>
    /// <exception cref="LadingException">It is not there, or something in it is wrong.</exception>
    public ProjectFolder GetProject(string attempted) =>
        Project
        ?? throw LadingException.Usage(
            attempted,
            $"{OwnFiles.Configuration} is neither in {Surroundings.Folder} nor in a folder above",
            "Run 'lading init' in the folder of cdk.json, then 'lading publish'."
        );

    /// <summary>Asks git in the background: by the time <see cref="Head"/> is wanted, much of it is there.</summary>
    public void BeginReadingHead() => _ = Task.Run(() => head.Value);

    /// <summary>What the stacks under the root of a construct tree share.</summary>
    public static AppImages Of(IConstruct root) =>
        Apps.GetValue(root, static _ => new AppImages(Surroundings.OfProcess()));

    /// <summary>Lets an app see another folder and other variables than those of the process.</summary>
    public static void Place(IConstruct root, Surroundings surroundings) =>
        Apps.AddOrUpdate(root, new AppImages(surroundings));

    /// <summary>A lock; null where there is no such file.</summary>
    /// <exception cref="LadingException">It is no lock that can be read.</exception>
    public ImageLock? FindLock(string path)
    {
        if (!locks.TryGetValue(path, out var found))
        {
            found = LockFile.Find(path);
            locks.Add(path, found);
        }

        return found;
    }

    private static ProjectFolder? FindProject(string folder)
    {
        if (ConfigurationFile.Find(folder) is not { } file)
        {
            return null;
        }

        try
        {
            return new ProjectFolder(
                file.Folder,
                ConfigurationReader.Read(File.ReadAllBytes(file.Path), file.DisplayPath)
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LadingException(
                $"Could not read {file.Path}",
                exception.Message,
                "See that the file is readable.",
                innerException: exception
            );
        }
    }
}
