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
    // Attached to the root of a construct tree, and gone with it: nothing outlives an app.
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

    /// <summary>The paths of the scopes whose stacks write no record.</summary>
    public HashSet<string> WithoutRecord { get; } = new(StringComparer.Ordinal);

    /// <summary>The project whose <c>lading.json</c> is the nearest from the working directory upward; null if there is none.</summary>
    /// <exception cref="LadingException">Something in the file is wrong.</exception>
    public ProjectFolder? Project => project.Value;

    /// <summary>What <c>lading run</c> or <c>lading deploy</c> handed over; null if CDK started the app by itself.</summary>
    /// <exception cref="LadingException">It is of a newer version.</exception>
    public AppDocument? Document => document.Value;

    /// <summary>The identities of the project's images at HEAD: as they were handed over, else read at the first question.</summary>
    public HeadIdentities Head => Document?.Head ?? head.Value;

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

    /// <summary>As <see cref="Project"/>, which must be there for the images of a stack.</summary>
    /// <exception cref="LadingException">It is not there, or something in it is wrong.</exception>
    public ProjectFolder GetProject(Stack stack) =>
        Project ?? GetProject($"Could not pin the images of stack {stack.Node.Path}");

    /// <summary>Asks git in the background: by the time <see cref="Head"/> is wanted, much of it is there.</summary>
    public void BeginReadingHead() => _ = Task.Run(() => head.Value);

    /// <summary>What the user says for a stack; read once, since each question to jsii takes half a millisecond.</summary>
    /// <exception cref="LadingException">A value is not of those that are known.</exception>
    public StackSettings SettingsOf(Stack stack) =>
        settings.GetValue(
            stack,
            // The variables were read by the tool that handed the document over.
            each => StackSettings.Of(each.Node.TryGetContext, Document is null ? Surroundings.Variable : _ => null)
        );

    /// <summary>Whether the images of a stack have constant digests, for snapshot tests.</summary>
    public bool HasFixedDigests(Stack stack) => IsFixed || SettingsOf(stack).Fixed;

    /// <summary>The document, where it counts for a stack: one of another lock than the app's is not in it.</summary>
    public AppDocument? DocumentFor(StackSettings settings) =>
        settings.Lock is null || settings.Lock == namedLock.Value ? Document : null;

    /// <summary>Reads the identities at HEAD from git, by the code that the command line tool uses; those that were read before are remembered.</summary>
    public static HeadIdentities ReadHead(ProjectFolder project, Func<string, string?> variable)
    {
        // Asked for as a revision, HEAD is read from git's objects alone: what is uncommitted costs nothing.
        var request = new SnapshotRequest([], Revision: "HEAD") { StateFolder = StateFolder.Find(variable) };
        var scratch = Path.Combine(project.Path, LockPath.Folder, "scratch");
        OwnFolder.Ignore(scratch);
        // CDK's Bind is synchronous, and nothing here comes back to its thread.
#pragma warning disable VSTHRD002
        return HeadIdentities.ReadAsync(project, request, scratch, CancellationToken.None).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }

    /// <summary>What the stacks under the root of a construct tree share.</summary>
    public static AppImages Of(IConstruct root) =>
        Apps.GetValue(root, static each => new AppImages(each, Surroundings.OfProcess()));

    /// <summary>Lets an app see another folder and other variables than those of the process.</summary>
    public static void Use(IConstruct root, Surroundings surroundings) =>
        Apps.AddOrUpdate(root, new AppImages(root, surroundings));

    /// <summary>A lock; null if there is no such file.</summary>
    /// <exception cref="LadingException">It is not a lock that can be read.</exception>
    public ImageLock? FindLock(string path)
    {
        if (!locks.TryGetValue(path, out var found))
        {
            found = LockFile.Find(path);
            locks.Add(path, found);
        }

        return found;
    }

    /// <summary>What jsii makes of the context's value are dictionaries, lists, texts and numbers.</summary>
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
