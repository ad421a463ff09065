using System.Runtime.CompilerServices;
using System.Text.Json;
using Amazon.CDK;
using Constructs;
using Lading.Apps;
using Lading.Configuration;
using Lading.Context;
using Lading.Fingerprints;
using Lading.Locks;

namespace Lading.Cdk.Synthesis;

/// <summary>What the stacks of an app share: <c>lading.json</c>, the locks and the fingerprints of HEAD, each read once.</summary>
internal sealed class AppImages
{
    // Attached to the root of a construct tree, so that nothing outlives an app.
    private static readonly ConditionalWeakTable<IConstruct, AppImages> Apps = [];

    private readonly Lazy<ProjectFolder?> project;
    private readonly Lazy<AppDocument?> document;
    private readonly Lazy<string?> namedLock;
    private readonly Lazy<HeadIdentities> head;
    private readonly ConditionalWeakTable<Stack, StackSettings> settings = [];
    private readonly Dictionary<string, ImageLock?> locks = new(StringComparer.Ordinal);

    private AppImages(IConstruct root, Surroundings surroundings)
    {
        Surroundings = surroundings;
        project = new Lazy<ProjectFolder?>(() => FindProject(surroundings.Folder));
        document = new Lazy<AppDocument?>(() => ReadDocument(root.Node.TryGetContext(AppDocument.Key)));
        namedLock = new Lazy<string?>(() => root.Node.TryGetContext(StackSettings.LockKey) as string);
        head = new Lazy<HeadIdentities>(() => surroundings.Head ?? ReadHead(project.Value!, surroundings.Variable));
    }

    public Surroundings Surroundings { get; }

    /// <summary>True if a test asked for constant digests.</summary>
    public bool IsFixed { get; set; }

    /// <summary>The paths of scopes whose stacks write no record.</summary>
    public HashSet<string> WithoutRecord { get; } = new(StringComparer.Ordinal);

    /// <summary>The project of the nearest <c>lading.json</c> from the working directory upward; null if there is none.</summary>
    /// <exception cref="LadingException">Something in the file is wrong.</exception>
    public ProjectFolder? Project => project.Value;

    /// <summary>The document that <c>lading run</c> or <c>lading deploy</c> passed; null if CDK started the app.</summary>
    /// <exception cref="LadingException">Its version is newer.</exception>
    public AppDocument? Document => document.Value;

    /// <summary>The identities of the project's images at HEAD: as passed, or else read when first needed.</summary>
    public HeadIdentities Head => Document?.Head ?? head.Value;

    /// <summary><see cref="Project"/>, which must exist.</summary>
    /// <param name="attempted">What it is needed for, as the start of a sentence.</param>
    /// <exception cref="LadingException">It does not exist, or something in it is wrong.</exception>
    public ProjectFolder GetProject(string attempted) =>
        Project
        ?? throw LadingException.Usage(
            attempted,
            $"{OwnFiles.Configuration} is neither in {Surroundings.Folder} nor in a folder above",
            "Run 'lading init' in the folder of cdk.json, then 'lading publish'."
        );

    /// <summary><see cref="Project"/>, which must exist for the images of a stack.</summary>
    /// <exception cref="LadingException">It does not exist, or something in it is wrong.</exception>
    public ProjectFolder GetProject(Stack stack) =>
        Project ?? GetProject($"Could not pin the images of stack {stack.Node.Path}");

    /// <summary>Starts reading <see cref="Head"/> from git in the background.</summary>
    public void BeginReadingHead() => _ = Task.Run(() => head.Value);

    /// <summary>The user's settings for a stack; read once, since each call through jsii takes half a millisecond.</summary>
    /// <exception cref="LadingException">A value is unknown.</exception>
    public StackSettings SettingsOf(Stack stack) =>
        settings.GetValue(
            stack,
            // The tool that passed the document has read the variables.
            each => StackSettings.Of(each.Node.TryGetContext, Document is null ? Surroundings.Variable : _ => null)
        );

    /// <summary>Whether the images of a stack have constant digests, for snapshot tests.</summary>
    public bool HasFixedDigests(Stack stack) => IsFixed || SettingsOf(stack).Fixed;

    /// <summary>The document, if it applies to a stack: it does not contain locks other than the app's.</summary>
    public AppDocument? DocumentFor(StackSettings settings) =>
        settings.Lock is null || settings.Lock == namedLock.Value ? Document : null;

    /// <summary>Reads the identities at HEAD from git, with the code of the command line tool and its remembered identities.</summary>
    public static HeadIdentities ReadHead(ProjectFolder project, Func<string, string?> variable)
    {
        // As a revision, HEAD is read from git objects alone: there is no search for uncommitted changes.
        var request = new SnapshotRequest([], Revision: "HEAD") { StateFolder = StateFolder.Find(variable) };
        var scratch = Path.Combine(project.Path, LockPath.Folder, "scratch");
        OwnFolder.Ignore(scratch);
        // CDK's Bind is synchronous, and nothing here needs its thread.
#pragma warning disable VSTHRD002
        return HeadIdentities.ReadAsync(project, request, scratch, CancellationToken.None).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }

    /// <summary>What the stacks under the root of a construct tree share.</summary>
    public static AppImages Of(IConstruct root) =>
        Apps.GetValue(root, static each => new AppImages(each, Surroundings.OfProcess()));

    /// <summary>Replaces the folder and variables of the process for an app.</summary>
    public static void Use(IConstruct root, Surroundings surroundings) =>
        Apps.AddOrUpdate(root, new AppImages(root, surroundings));

    /// <summary>A lock; null if there is no such file.</summary>
    /// <exception cref="LadingException">It cannot be read as a lock.</exception>
    public ImageLock? FindLock(string path)
    {
        if (!locks.TryGetValue(path, out var found))
        {
            found = LockFile.Find(path);
            locks.Add(path, found);
        }

        return found;
    }

    /// <summary>jsii turns the context's value into dictionaries, lists, strings and numbers.</summary>
    private static AppDocument? ReadDocument(object? context) =>
        context is null ? null : AppDocumentReader.Read(JsonSerializer.SerializeToElement(context));

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
                "Make sure that the file is readable.",
                innerException: exception
            );
        }
    }
}
