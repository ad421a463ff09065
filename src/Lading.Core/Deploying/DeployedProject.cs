using Lading.Projects;

namespace Lading.Deploying;

/// <summary>Determines the environment to deploy to and the folder to run cdk in.</summary>
internal static class DeployedProject
{
    /// <summary>The project in the requested environment, with the profile and region that cdk uses.</summary>
    /// <param name="project">The project.</param>
    /// <param name="isNamed">Whether the user named the environment.</param>
    /// <param name="request">What to deploy.</param>
    /// <exception cref="LadingException">No environment is named, or nothing can be deployed to the named one.</exception>
    public static Project Of(Project project, bool isNamed, DeployRequest request)
    {
        var environment = project.Environment;
        if (!isNamed || environment.IsEmbedded)
        {
            var others = project
                .Configuration.Environments.Values.Where(each => !each.IsEmbedded)
                .Select(each => each.Name)
                .Order(StringComparer.Ordinal)
                .ToList();
            throw LadingException.Usage(
                "Could not deploy",
                isNamed
                    ? $"environment {environment.Name} is on this machine, and ECS cannot pull from there"
                    : "no environment is named",
                others.Count == 0
                    ? "Add one with its account and region to \"environments\" of lading.json."
                    : $"Name one with --env: {string.Join(", ", others)}."
            );
        }

        return project with
        {
            Environment = environment with
            {
                Profile = Same("profile", environment.Profile, request.Cdk.Profile),
                Region = Same("region", environment.Region, request.Cdk.Region),
            },
        };

        string? Same(string what, string? own, string? cdks) =>
            own is null || cdks is null || own == cdks
                ? own ?? cdks
                : throw LadingException.Usage(
                    $"Could not deploy to {environment.Name}",
                    $"its {what} is {own}, but cdk is told to use {cdks}",
                    $"Leave --{what} out: lading.json applies to all steps."
                );
    }

    /// <summary>The folder to run cdk in: the current one if it has a <c>cdk.json</c>, otherwise that of <c>lading.json</c>.</summary>
    /// <exception cref="LadingException">There is no <c>cdk.json</c>, and no app is given.</exception>
    public static string FolderOf(string working, DeployRequest request, Project project)
    {
        string[] candidates = [working, project.Folder.Path];
        return Array.Find(candidates, candidate => File.Exists(Path.Combine(candidate, "cdk.json")))
            ?? (
                request.Cdk.App is not null
                    ? working
                    : throw LadingException.Usage(
                        $"Could not deploy to {project.Environment.Name}",
                        $"there is no cdk.json in {working} or next to lading.json",
                        "Run this in the folder of the CDK app, or name the app: lading deploy … -- --app \"…\""
                    )
            );
    }
}
