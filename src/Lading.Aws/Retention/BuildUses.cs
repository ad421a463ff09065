using Lading.Aws.CodeBuild;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;

namespace Lading.Aws.Retention;

/// <summary>Reads CodeBuild projects, whose builds run in images.</summary>
internal sealed class BuildUses : IUseReader
{
    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        var facts = region.Facts;
        var names = await facts.ListAsync(next => new ListProjects(next), "", cancellationToken).ConfigureAwait(false);
        var found = await Task.WhenAll(
                names
                    .Chunk(BatchGetProjects.Most)
                    .Select(chunk => facts.FindAsync(new BatchGetProjects(chunk), "", cancellationToken))
            )
            .ConfigureAwait(false);
        foreach (var project in found.SelectMany(each => each ?? []))
        {
            region.Uses.Count(1, "CodeBuild project");
            region.Uses.Add(
                UseKind.OtherWorkload,
                ImageMentions.In(project.Texts),
                $"project {project.Name} of CodeBuild runs in it",
                region.Origin("codebuild:BatchGetProjects", project.Name)
            );
        }
    }
}
