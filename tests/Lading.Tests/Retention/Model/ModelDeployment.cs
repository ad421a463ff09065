using Lading.Oci;

namespace Lading.Tests.Retention.Model;

/// <summary>
/// A deployment of a template with an image that it does not publish, call by call: it checks that the image is there,
/// outranks a mark, and submits the template.
/// </summary>
internal sealed class ModelDeployment(
    ModelWorld world,
    ModelStack stack,
    Content content,
    ModelBug bug,
    ModelTally tally
) : IModelWork
{
    private Step next;

    private enum Step
    {
        Check,
        OutrankMark,
        Confirm,
        Begin,
        Done,
    }

    public bool IsDone => next == Step.Done;

    private ModelRepository Repository => stack.Repository;

    public void Advance() =>
        next = next switch
        {
            Step.Check => Check(),
            Step.OutrankMark => OutrankMark(),
            Step.Confirm => content.Whole.All(Repository.Has) ? Step.Begin : Step.Done,
            _ => Begin(),
        };

    /// <summary>An image that is missing or archived is refused.</summary>
    private Step Check() =>
        Repository.Find(content) is not { IsArchived: false } held || !content.Whole.All(Repository.Has) ? Step.Done
        : held.IsMarked && !bug.DeploysMarked ? Step.OutrankMark
        : Step.Begin;

    private Step OutrankMark()
    {
        if (Repository.Find(content) is not { } held)
        {
            return Step.Done;
        }

        var today = UtcDay.Of(world.Now);
        Repository.Put(content, world.Now, DeletionMark.Outranking(today, content.Digest, held.Tags).Tag.Name);
        tally.Count(ModelEvent.Adoption);
        return Step.Confirm;
    }

    private Step Begin()
    {
        if (!content.Whole.All(Repository.Has))
        {
            throw new UnsafeActException($"{content.Id} in {Repository.Host}: went after a deployment relied on it");
        }

        if (stack.Updating is null)
        {
            stack.Updating = content;
            stack.Pending = null;
        }

        return Step.Done;
    }
}
