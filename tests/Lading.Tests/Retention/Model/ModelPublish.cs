using Lading.Oci;

namespace Lading.Tests.Retention.Model;

/// <summary>
/// A publish, a promotion or a resolve, call by call: it adopts what is there, outranks a mark before it relies on the
/// image, and pushes what is missing or was deleted meanwhile. Then it writes a lock.
/// </summary>
internal sealed class ModelPublish(
    ModelWorld world,
    ModelRepository repository,
    Content content,
    Content? statement,
    ModelBug bug,
    ModelTally tally
) : IModelWork
{
    private Step next;

    private enum Step
    {
        Look,
        OutrankMark,
        Confirm,
        WriteLock,
        Done,
    }

    public bool IsDone => next == Step.Done;

    public void Advance() =>
        next = next switch
        {
            Step.Look => Look(),
            Step.OutrankMark => OutrankMark(),
            Step.Confirm => content.Whole.All(repository.Has) ? Step.WriteLock : Step.Look,
            _ => WriteLock(),
        };

    private Step Look()
    {
        if (repository.FindTag(content.SourceTag) is not { } held || !content.Whole.All(repository.Has))
        {
            repository.Put(content, world.Now, content.SourceTag);
            if (statement is not null)
            {
                repository.Put(statement, world.Now, null);
                tally.Count(ModelEvent.Referrer);
            }

            // The image may have been there already, without its source tag but with a mark.
            held = repository.Find(content)!;
        }

        var isMarked = DeletionMark.MarkedSince(content.Digest, held.Tags) is not null;
        return (isMarked || held.IsArchived) && !bug.PublishesMarked ? Step.OutrankMark : Step.Confirm;
    }

    private Step OutrankMark()
    {
        if (repository.Find(content) is not { } held)
        {
            return Step.Look;
        }

        tally.Count(ModelEvent.Adoption);
        var today = UtcDay.Of(world.Now);
        repository.Put(content, world.Now, DeletionMark.Outranking(today, content.Digest, held.Tags).Tag.Name);
        return Step.Confirm;
    }

    private Step WriteLock()
    {
        if (!content.Whole.All(repository.Has))
        {
            throw new UnsafeActException($"{content.Id} in {repository.Host}: went after a publish relied on it");
        }

        world.Locks.Add(new ModelLock(repository, content, world.Now));
        world.Published.Add(content);
        tally.Count(ModelEvent.Lock);
        return Step.Done;
    }
}
