"""How are static files named once they are collected? By their content, imports between ES modules included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

from newsroom.bundle import BundledModules


class ModuleManifestStorage(BundledModules, CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise ships no types
    """Hashed and compressed names; `import "./x.js"` inside a module is rewritten, too."""

    support_js_module_import_aggregation = True
    # A module's hash changes with those it imports, a level of the tree in each pass.
    max_post_process_passes = 20
