namespace Lading.Server.Ecr.Lifecycle;

/// <summary>By what a rule tells the images that it acts on from those that it leaves.</summary>
internal enum LifecycleCount
{
    /// <summary>All but the newest so many.</summary>
    ImageCountMoreThan,

    /// <summary>Pushed more than so many days ago.</summary>
    SinceImagePushed,

    /// <summary>Pulled, or pushed where it never was, more than so many days ago.</summary>
    SinceImagePulled,

    /// <summary>In the archive for more than so many days.</summary>
    SinceImageTransitioned,
}
