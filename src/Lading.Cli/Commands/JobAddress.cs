namespace Lading.Cli.Commands;

/// <summary>The URL of the CI job that this runs in, from the variables of CI systems.</summary>
internal static class JobAddress
{
    // GitLab, Buildkite, Jenkins, CircleCI, AWS CodeBuild.
    private static readonly string[] Variables =
    [
        "CI_JOB_URL",
        "BUILDKITE_BUILD_URL",
        "BUILD_URL",
        "CIRCLE_BUILD_URL",
        "CODEBUILD_PUBLIC_BUILD_URL",
    ];

    /// <summary>The URL; null outside of CI.</summary>
    public static string? Find(Func<string, string?> variable) =>
        variable("GITHUB_SERVER_URL") is { Length: > 0 } server
        && variable("GITHUB_REPOSITORY") is { Length: > 0 } repository
        && variable("GITHUB_RUN_ID") is { Length: > 0 } run
            ? $"{server}/{repository}/actions/runs/{run}"
        : Array.Find(Variables, name => variable(name) is { Length: > 0 }) is { } known ? variable(known)
        : null;
}
