namespace Lading;

/// <summary>The names of <c>lading doctor</c>'s checks. Scripts and other errors use them, so they never change (docs/doctor.md).</summary>
internal static class DoctorCheck
{
    public const string GitVersion = "git-version";
    public const string GitClone = "git-clone";
    public const string LadingPath = "lading-path";
    public const string LadingVersion = "lading-version";
    public const string CdkAccident = "cdk-accident";
    public const string CdkVersion = "cdk-version";
    public const string Node = "node";
    public const string Dotnet = "dotnet";
    public const string Engine = "engine";
    public const string BuildKit = "docker-buildkit";
    public const string Proxies = "proxies";
    public const string Configuration = "configuration";
    public const string OwnFolder = "own-folder";
    public const string Bases = "bases";
    public const string Lock = "lock";
    public const string Disk = "disk";
    public const string Leftovers = "leftovers";
    public const string AppStaging = "app-staging";
    public const string Credentials = "credentials";
    public const string Clock = "clock";
    public const string Endpoints = "endpoints";
    public const string Bootstrap = "bootstrap";
    public const string BootstrapRoles = "bootstrap-roles";
    public const string Repositories = "repositories";
    public const string TagMutability = "tag-mutability";
    public const string TagAliases = "tag-aliases";
    public const string LifecycleRules = "lifecycle-rules";
    public const string CdkGc = "cdk-gc";
    public const string Platforms = "platforms";
    public const string PullPermission = "pull-permission";
    public const string Leases = "leases";

    /// <summary>All checks, in the order in which they are listed.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        Configuration,
        LadingVersion,
        LadingPath,
        GitVersion,
        GitClone,
        CdkAccident,
        CdkVersion,
        Node,
        Dotnet,
        Engine,
        BuildKit,
        Proxies,
        OwnFolder,
        Bases,
        Lock,
        AppStaging,
        Disk,
        Leftovers,
        Credentials,
        Clock,
        Endpoints,
        Bootstrap,
        BootstrapRoles,
        Repositories,
        TagMutability,
        TagAliases,
        LifecycleRules,
        CdkGc,
        Platforms,
        PullPermission,
        Leases,
    ];

    /// <summary>The command that runs one check.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="selector">
    /// How a command line selects the environment or account to check; null for checks of the machine or the project.
    /// </param>
    public static string Command(string name, string? selector = null) =>
        selector is null ? $"lading doctor {name}" : $"lading doctor {name} {selector}";
}
