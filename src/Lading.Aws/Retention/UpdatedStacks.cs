using Lading.Retention.Evidence;
using Lading.Running;

namespace Lading.Aws.Retention;

/// <summary>
/// Holds the repositories of all images in the releases of stacks that may be rolled back to a template that no API
/// returns.
/// </summary>
internal static class UpdatedStacks
{
    public static void Hold(RegionFacts region)
    {
        foreach (var stack in region.Stacks.Where(TemplateUses.MayBeRolledBack))
        {
            var top = StackNesting.TopOf(stack, region.Stacks).Name;
            var repositories = region
                .Releases.Where(release => release.Stack == top)
                .SelectMany(release => release.Images)
                .Select(image => (image.Host, image.Repository))
                .Where(each => each.Repository is not null)
                .Distinct();
            foreach (var (host, repository) in repositories)
            {
                region.Add(
                    new RepositoryHold(
                        host,
                        repository,
                        $"{stack.Name} is {stack.Status}, and had images of it in a release",
                        "Run it again once the stack is done.",
                        region.Origin("ssm:GetParameterHistory", top)
                    )
                    {
                        Subject = $"stack {stack.Name}",
                    }
                );
            }
        }
    }
}
